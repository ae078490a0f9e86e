"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink, httpLink, splitLink, TRPCClientError } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useState, type ReactNode } from "react";
import type { AppRouter } from "@/server/trpc/root";
import { noteBuild } from "./lib/build";
import { idempotencyLink } from "./lib/idempotency";
import { loadAnew } from "./lib/load-anew";
import { noteOwnChange } from "./lib/own-changes";
import { queryDefaults } from "./lib/query-defaults";

export const trpc = createTRPCReact<AppRouter>();
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
export type Failure = TRPCClientError<AppRouter>;

export type Customer = Outputs["customer"]["list"]["items"][number];
export type CustomerDetails = Outputs["customer"]["get"];
export type AccessKey = Outputs["accessKey"]["list"]["items"][number];
export type Admin = Outputs["admin"]["list"]["items"][number];
export type AuditEntry = Outputs["audit"]["list"]["items"][number];
export type DeadLetter = Outputs["deadLetter"]["list"]["items"][number];
export type Job = Outputs["job"]["get"];
export type JobResult = Outputs["job"]["results"]["items"][number];
export type Registration = Outputs["registration"]["list"]["items"][number];
export type RegistrationAlarm = Outputs["registration"]["alarms"]["items"][number];
export type Account = Outputs["account"]["get"];
export type DriftFinding = Outputs["drift"]["list"]["items"][number];
export type DriftPlan = Outputs["drift"]["plan"];
export type DriftState = Outputs["drift"]["state"];
export type Extension = Outputs["extension"]["list"]["items"][number];
export type ExtensionDetails = Outputs["extension"]["get"];
export type Trunk = Outputs["trunk"]["list"]["items"][number];
export type TrunkDetails = Outputs["trunk"]["get"];
export type Health = Outputs["health"]["get"];

/** What any proxy lets through. */
const URL_MOST = 2_000;
/** What asks with more, for instance with a page of ids, is posted. */
const INPUT_MOST = URL_MOST - 200;

function leaveWhenSignedOut(error: unknown): void {
  const code = error instanceof TRPCClientError ? (error as Failure).data?.code : undefined;
  if (code === "UNAUTHORIZED") signInAgain();
}

/** The session has ended elsewhere: back to the sign-in page, and from there to this page again. */
export function signInAgain(): void {
  const here = window.location.pathname + window.location.search;
  loadAnew(`/sign-in?ended=1&callbackUrl=${encodeURIComponent(here)}`);
}

/** Every answer names the build that is served by now. */
const watchfulFetch: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  noteBuild(answer.headers.get("x-voipbin-build"));
  return answer;
};

function createClients() {
  const queries: QueryClient = new QueryClient({
    defaultOptions: queryDefaults,
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({
      onError: leaveWhenSignedOut,
      onSuccess: () => {
        noteOwnChange();
        // Every change leaves an audit entry.
        void queries.invalidateQueries({ queryKey: [["audit"]] });
      },
    }),
  });
  const client = trpc.createClient({
    links: [
      idempotencyLink,
      splitLink({
        condition: (operation) => operation.type === "mutation",
        // One request per change: its idempotency key is a header.
        true: httpLink({
          url: "/api/trpc",
          fetch: watchfulFetch,
          headers: ({ op }) =>
            typeof op.context.idempotencyKey === "string" ? { "x-idempotency-key": op.context.idempotencyKey } : {},
        }),
        false: splitLink({
          condition: ({ input }) => encodeURIComponent(JSON.stringify(input) ?? "").length > INPUT_MOST,
          true: httpLink({ url: "/api/trpc", fetch: watchfulFetch, methodOverride: "POST" }),
          false: httpBatchLink({ url: "/api/trpc", fetch: watchfulFetch, maxURLLength: URL_MOST }),
        }),
      }),
    ],
  });
  return { queries, client };
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [{ queries, client }] = useState(createClients);
  return (
    <trpc.Provider client={client} queryClient={queries}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
