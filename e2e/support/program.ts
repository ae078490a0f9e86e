import { createTRPCClient, httpBatchLink, TRPCClientError, type CreateTRPCClient } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";
import { cookieHeader, type SessionState } from "./accounts";
import { environment } from "./environment";

/** The typed API, as a program uses it. */
export type Program = CreateTRPCClient<AppRouter>;

export function program(headers: Record<string, string>): Program {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${environment.baseUrl()}/api/trpc`, headers, maxItems: 100 })],
  });
}

/** A program with an access key. */
export const programWithKey = (token: string): Program => program({ authorization: `Bearer ${token}` });

/** What a signed-in admin's browser could ask. */
export const programOf = (state: SessionState): Program => program({ cookie: cookieHeader(state) });

/** The code of a refusal, or "ok". */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const code: unknown = (error as TRPCClientError<AppRouter>).data?.code;
    return typeof code === "string" ? code : error.message;
  }
}
