import { registrarExtensions } from "@/db/bin/schema/registrar";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { invalidInput } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { putNewAccount } from "../account/account";
import { countSuccess, putNewSipAuth, refuseSharedName } from "../account/change";
import { extensionEvent } from "../events";
import type { ExtensionRecord } from "./repository";
import { extensionTaken } from "../failures";
import { EXTENSION_INDEX } from "../indexes";
import { holdOwner } from "../owner";
import { newPassword } from "../account/password";
import { createExtensionInput, type CreateExtensionInput, type ExtensionWithPassword } from "../schemas";
import { shownExtension } from "../view";

/**
 * Creates a SIP account for a phone: the record, what Kamailio reads, and what Asterisk reads, together or not at all
 * (contract/registrar.md §5.1). The password is in this answer; without one in the input it is made up, but siblings
 * have to give one (contract/README "Fix" 10).
 * @throws DomainError INVALID_INPUT, NOT_FOUND (the customer), CONFLICT (the number or the user name lives already), UNAVAILABLE
 */
export async function createExtension(ctx: Context, input: CreateExtensionInput): Promise<ExtensionWithPassword> {
  authorize(ctx, "extension:create");
  const { password: given, ...fields } = parseInput(createExtensionInput, input);
  const { customerId, extension, username = extension, name, detail } = fields;
  if (given === "" && ctx.actor.type === "service")
    throw invalidInput("password", "Send a password of 1 to 80 characters.");
  const password = given === "" ? newPassword() : given;
  return await inTransaction(ctx, async (tx) => {
    await holdOwner(ctx, tx, customerId);
    const record: ExtensionRecord = {
      id: newId(),
      customerId,
      name,
      detail,
      ...accountNames(ctx, customerId, extension),
      extension,
      username,
      password,
      tmCreate: tx.now,
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    };
    tx.onDuplicate(EXTENSION_INDEX, extensionTaken);
    tx.write(insertRow(registrarExtensions, record));
    putNewSipAuth(tx, record);
    refuseSharedName(tx, record, username === extension ? "extension" : "username");
    putNewAccount(ctx, tx, record);
    emit(ctx, tx, extensionEvent("extension_created", record));
    audit(ctx, tx, {
      action: "extension.create",
      resourceType: "extension",
      resourceId: record.id,
      customerId,
      after: { extension, name, detail, realm: record.realm },
    });
    countSuccess(ctx, tx, "extension_create");
    return { extension: shownExtension(ctx, record), password };
  });
}

/** What a customer's number is called in Asterisk's tables (contract/registrar.md §2.1, §5). */
export function accountNames(
  ctx: Context,
  customerId: string,
  extension: string,
): Pick<ExtensionRecord, "domainName" | "realm" | "endpointId" | "aorId" | "authId"> {
  const id = endpointIdOf(ctx, customerId, extension);
  return { domainName: customerId, realm: realmOf(ctx, customerId), endpointId: id, aorId: id, authId: id };
}

/** The id of a customer's number in Asterisk's tables. */
export const endpointIdOf = (ctx: Context, customerId: string, extension: string): string =>
  `${extension}@${realmOf(ctx, customerId)}`;

/** The SIP domain of a customer's phones (contract/registrar.md §5). */
export const realmOf = (ctx: Context, customerId: string): string => `${customerId}.${ctx.ports.sipDomains.extension}`;
