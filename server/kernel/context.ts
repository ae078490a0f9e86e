import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import type { Cache } from "./cache";
import type { Change } from "./changes";
import type { Clock } from "./clock";
import { PLATFORM_RIGHTS, type Right, type Role } from "./permissions";
import type { Receipt } from "./receipts";

/** On whose behalf a verb runs. */
export type Actor =
  | { type: "admin"; id: string; name: string; role: Role; customerId: string | null; sessionId: string }
  | { type: "access-key"; id: string; name: string; customerId: string }
  | { type: "service"; id: string; name: string }
  | { type: "system"; id: string; name: string }
  | { type: "cli"; id: string; name: string };

/** Whose records a verb may see: everyone's, or those of one customer. Every query is scoped by it. */
export type Tenant = { all: true } | { all: false; customerId: string };

/** Lines for the process's log; never secrets, never whole bodies (contract/README "Fix" 13). */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * What really is swapped: siblings behind RabbitMQ, providers. Each domain adds its own in its ports.ts by declaration
 * merging; the container fills them in.
 */
export interface Ports {}

/** What all contexts of one process share. */
export interface Runtime {
  db: Database;
  /** Asterisk's database; null in a command whose configuration has none. */
  asterisk: Database | null;
  cache: Cache;
  now: Clock;
  log: Log;
  ports: Ports;
  /** Called after a commit that left messages in the outbox. */
  nudgeRelay(): void;
  /** Called after a commit that left jobs due. */
  nudgeJobs(): void;
  /** Called after a commit, for those who look at what was changed. */
  announce(change: Change): void;
}

/** Everything a verb needs; one per request. */
export interface Context extends Runtime {
  actor: Actor;
  tenant: Tenant;
  rights: ReadonlySet<Right>;
  requestId: string;
  ip: string;
  userAgent: string;
  /** Present where a repeat of the same request must not take effect again (contract/README "Fix" 4). */
  receipt: Receipt | null;
}

export const EVERYONE: Tenant = { all: true };

/** Who asks, of what a context needs to know besides the process it runs in. */
export type Asker = Pick<Context, "actor"> &
  Partial<Pick<Context, "tenant" | "rights" | "requestId" | "ip" | "userAgent" | "receipt">>;

const NOTHING: ReadonlySet<Right> = new Set();
const NOBODY: Tenant = { all: false, customerId: "" };

/** The context of one request; without a tenant and rights it may see and do nothing. */
export function contextFor(runtime: Runtime, asker: Asker): Context {
  return {
    ...runtime,
    actor: asker.actor,
    tenant: asker.tenant ?? NOBODY,
    rights: asker.rights ?? NOTHING,
    requestId: asker.requestId ?? randomUUID(),
    ip: asker.ip ?? "",
    userAgent: (asker.userAgent ?? "").slice(0, 255),
    receipt: asker.receipt ?? null,
  };
}

/** Siblings, jobs and commands see everything and may do everything, as they did in the original. */
export const platformContext = (runtime: Runtime, asker: Asker): Context =>
  contextFor(runtime, { tenant: EVERYONE, rights: PLATFORM_RIGHTS, ...asker });

/**
 * The context of a change whose input or answer is secret: no receipt, since what a receipt is made of could be
 * guessed at, and what it keeps be read, by whoever has a copy of the database; and a repeat is a change of its own, which is
 * written down again.
 */
export function withoutReceipt(ctx: Context): Context {
  if (ctx.receipt !== null) ctx.receipt.unkept = true;
  return { ...ctx, receipt: null };
}

/** Somebody who has not said who he is. */
export const STRANGER: Actor = { type: "system", id: "anonymous", name: "anonymous" };
