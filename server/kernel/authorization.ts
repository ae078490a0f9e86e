import type { Context, Tenant } from "./context";
import { DomainError } from "./errors";
import type { Right } from "./permissions";

/** @throws DomainError FORBIDDEN when the actor lacks the right. */
export function authorize(ctx: Context, right: Right): void {
  if (!ctx.rights.has(right)) {
    throw new DomainError("FORBIDDEN", "MISSING_RIGHT", `You may not do this: the right "${right}" is missing.`);
  }
}

/** Whether a record of this customer is within the tenant. Foreign records are "not found", never "forbidden". */
export function isWithin(tenant: Tenant, customerId: string): boolean {
  return tenant.all || tenant.customerId === customerId;
}
