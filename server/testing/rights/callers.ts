import { TRPCError } from "@trpc/server";
import type * as z from "zod";
import { isDomainError } from "@/server/kernel/errors";
import type { Right } from "@/server/kernel/permissions";
import { createTrpcContext, type Caller } from "@/server/trpc/context";
import type { HealthReport } from "@/server/trpc/health-report";
import { appRouter, createCaller } from "@/server/trpc/root";
import type { TestInstallation } from "../installation";

/** What became of a call. */
export interface Outcome {
  result?: unknown;
  /** Of a refusal: its code, and the reason that the verb or the door gave. */
  code?: string;
  reason?: string;
  message?: string;
}

export interface Called {
  path: string;
  type: "query" | "mutation" | "subscription";
  /** null where it takes none. */
  schema: z.ZodType | null;
}

interface Procedure {
  _def: { type: Called["type"]; inputs: z.ZodType[] };
}

/** Every procedure that there is. */
export const PROCEDURES: readonly Called[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
)
  .map(([path, { _def }]) => {
    if (_def.inputs.length > 1) throw new Error(`${path} has several inputs: the walk looks at one`);
    return { path, type: _def.type, schema: _def.inputs[0] ?? null };
  })
  .sort((a, b) => a.path.localeCompare(b.path));

const HEALTH: HealthReport = {
  checkedAt: "2026-01-01T00:00:00.000Z",
  state: "ok",
  parts: [],
  queues: [],
  outbox: { waiting: 0, oldestSeconds: null },
  jobs: { queued: 0, running: 0, failed: 0, lateSeconds: 0 },
  deadLetters: 0,
  processes: [],
  standAlone: true,
  siblings: [],
};

/** Calls a procedure by its path, as an HTTP request would. @param rights instead of those that the caller has */
export async function call(
  installation: TestInstallation,
  caller: Partial<Caller>,
  path: string,
  input: unknown,
  rights?: ReadonlySet<Right>,
): Promise<Outcome> {
  const context = await createTrpcContext(
    installation.runtime,
    { sessionId: null, token: null, idempotencyKey: null, ip: "127.0.0.1", userAgent: "test", ...caller },
    { health: () => Promise.resolve(HEALTH), siblings: [] },
  );
  if (rights !== undefined) context.ctx = { ...context.ctx, rights };
  const procedure = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], createCaller(context));
  try {
    return { result: await (procedure as (input: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const reason = isDomainError(error.cause) ? error.cause.reason : undefined;
    return { code: error.code, reason, message: error.message };
  }
}

/** Rights that are there for the first who asks, and for nobody after him. */
export class FirstDoorOnly extends Set<Right> {
  private asked = false;
  override has(right: Right): boolean {
    if (this.asked) return false;
    this.asked = true;
    return super.has(right);
  }
}
