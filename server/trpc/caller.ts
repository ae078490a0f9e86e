import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { cookieValue, readSessionId, sessionCookieName } from "@/server/auth/cookies";
import { getWebProcess } from "@/server/process-registry";
import { createTrpcContext, type TrpcContext } from "./context";
import { createCaller } from "./root";

/** Who asks for this page; worked out once per request. */
const pageContext = cache(async (): Promise<TrpcContext> => {
  const web = getWebProcess();
  const name = sessionCookieName(web.secureCookies);
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chunked = jar.get(name)?.value ?? cookieValue(head.get("cookie") ?? undefined, name);
  return await createTrpcContext(
    web.runtime,
    {
      sessionId: await readSessionId(chunked, web.authSecret),
      token: null,
      idempotencyKey: null,
      requestId: head.get("x-request-id") ?? undefined,
      ip: head.get("x-voipbin-address") ?? "",
      userAgent: head.get("user-agent") ?? "",
    },
    { health: web.health, siblings: web.siblings },
  );
});

/** The procedures, for a page that renders on the server. Those whose session has ended are sent to sign in and come back. */
export async function serverCaller(): Promise<ReturnType<typeof createCaller>> {
  const context = await pageContext();
  if (!context.known) {
    const here = (await headers()).get("x-voipbin-path") ?? "/";
    redirect(`/sign-in?ended=1&callbackUrl=${encodeURIComponent(here)}`);
  }
  return createCaller(context);
}

/** The procedures that are open to strangers, for the pages before the sign-in. */
export async function publicCaller(): Promise<ReturnType<typeof createCaller>> {
  return createCaller(await pageContext());
}
