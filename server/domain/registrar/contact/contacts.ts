import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { asteriskOf } from "../account/account";
import { findContacts } from "./repository";
import { endpointIdOf } from "../extension/create";
import { contactsInput, type Contact, type ContactsInput } from "../schemas";

/**
 * The phones that are registered with a customer's number now, as Asterisk wrote them; none for a number that there is
 * not (contract/registrar.md §4.7). On the path of every call to an extension.
 */
export async function listContacts(ctx: Context, input: ContactsInput): Promise<Contact[]> {
  authorize(ctx, "registration:read");
  const { customerId, extension } = parseInput(contactsInput, input);
  if (!ctx.tenant.all && ctx.tenant.customerId !== customerId) return [];
  return await findContacts(asteriskOf(ctx), endpointIdOf(ctx, customerId, extension));
}

/**
 * call-manager has heard that a registration changed (contract/registrar.md §4.8). Nothing is cached here that could be
 * stale; those who look at the number are told.
 */
export async function refreshContacts(ctx: Context, input: ContactsInput): Promise<void> {
  authorize(ctx, "registration:read");
  const { customerId, extension } = parseInput(contactsInput, input);
  ctx.announce({ type: "registration", id: endpointIdOf(ctx, customerId, extension), customerId, by: ctx.actor.id });
  return Promise.resolve();
}
