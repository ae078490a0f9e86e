import type { AnyTRPCRouter } from "@trpc/server";
import type { Right } from "@/server/kernel/permissions";

/** Who may call a procedure. */
export type Access =
  /** Whoever has the right: people by their role, programs by what access keys may. */
  | { kind: "right"; right: Right }
  /** Every signed-in person, about himself; no program. */
  | { kind: "own" }
  /** Every signed-in person and every access key; the answer holds what they have the rights for. */
  | { kind: "known"; because: string }
  /** Strangers too. */
  | { kind: "public"; because: string };

/** What a procedure says about itself. */
export interface Declaration {
  access: Access;
}

const isDeclaration = (meta: unknown): meta is Declaration =>
  typeof meta === "object" && meta !== null && "access" in meta && typeof meta.access === "object";

/**
 * The access of every procedure by its path.
 * @throws Error that names the procedures which declare none: a process with such a procedure does not start
 */
export function declaredAccess(router: AnyTRPCRouter): ReadonlyMap<string, Access> {
  const access = new Map<string, Access>();
  const silent: string[] = Object.keys(router._def.lazy); // what is loaded later cannot be looked at now
  for (const [path, procedure] of Object.entries(
    router._def.procedures as Record<string, { _def: { meta: unknown } }>,
  )) {
    const { meta } = procedure._def;
    if (isDeclaration(meta)) access.set(path, meta.access);
    else silent.push(path);
  }
  if (silent.length > 0)
    throw new Error(
      `Nobody has said who may call ${silent.join(", ")}: build it from one of the procedures in server/trpc/init.ts.`,
    );
  return access;
}
