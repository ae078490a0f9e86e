import { findSession } from "@/server/domain/admin";
import type { AdminView } from "@/server/domain/admin/schemas";
import { verifyAccessKey } from "@/server/domain/customer";
import {
  contextFor,
  EVERYONE,
  STRANGER,
  type Actor,
  type Context,
  type Runtime,
  type Tenant,
} from "@/server/kernel/context";
import { ACCESS_KEY_RIGHTS, isRole, PLATFORM_RIGHTS, rightsOf, type Right } from "@/server/kernel/permissions";
import type { HealthReport } from "./health-report";

/** What a procedure starts from: who asks, and a context for verbs that is scoped to them. */
export interface TrpcContext {
  ctx: Context;
  /** The signed-in admin; null for access keys and strangers. */
  admin: AdminView | null;
  /** False for strangers: only public procedures answer them. */
  known: boolean;
  /** Of the client's making, so that a change which is sent twice takes effect once. */
  idempotencyKey: string | null;
  /** What the browser was given by its last sign-in; it says so itself. */
  device: string | null;
  /** What the process knows of its own state. */
  health: () => Promise<HealthReport>;
  /** Siblings that the installation says exist. */
  siblings: readonly string[];
}

export interface Caller {
  sessionId: string | null;
  /** `Bearer …` of a typed client. */
  token: string | null;
  idempotencyKey: string | null;
  requestId?: string;
  ip: string;
  userAgent: string;
  /** What its last sign-in gave a browser. */
  device?: string | null;
  /** Asked by an open page without anybody doing anything: it keeps no session alive. */
  unattended?: boolean;
}

const NOTHING: ReadonlySet<Right> = new Set();

/** Finds out who asks. A token that is not good is a stranger, never an error: only the procedure knows whether that matters. */
export async function createTrpcContext(
  runtime: Runtime,
  caller: Caller,
  rest: Pick<TrpcContext, "health" | "siblings">,
): Promise<TrpcContext> {
  const asker = { requestId: caller.requestId, ip: caller.ip, userAgent: caller.userAgent };
  const base = contextFor(runtime, { ...asker, actor: STRANGER });
  const found = await identify(base, caller);
  const { idempotencyKey, device = null } = caller;
  if (found === null) return { ctx: base, admin: null, known: false, idempotencyKey, device, ...rest };
  const { admin, actor, tenant, rights } = found;
  const ctx = contextFor(runtime, { ...asker, actor, tenant, rights });
  return { ctx, admin, known: true, idempotencyKey, device, ...rest };
}

async function identify(
  base: Context,
  caller: Caller,
): Promise<{ admin: AdminView | null; actor: Actor; tenant: Tenant; rights: ReadonlySet<Right> } | null> {
  if (caller.token !== null) {
    const key = await verifyAccessKey({ ...base, tenant: EVERYONE, rights: PLATFORM_RIGHTS }, { token: caller.token });
    if (key === null) return null;
    return {
      admin: null,
      actor: {
        type: "access-key",
        id: key.id,
        name: key.name === "" ? key.token : key.name,
        customerId: key.customerId,
      },
      tenant: { all: false, customerId: key.customerId },
      rights: ACCESS_KEY_RIGHTS,
    };
  }
  const session = caller.sessionId === null ? null : await findSession(base, caller.sessionId, caller.unattended);
  if (session === null) return null;
  const { admin, actor } = session;
  const customerId = admin.customerId;
  return {
    admin,
    actor,
    tenant: customerId === null ? EVERYONE : { all: false, customerId },
    rights: isRole(admin.role) ? rightsOf(admin.role, customerId) : NOTHING,
  };
}
