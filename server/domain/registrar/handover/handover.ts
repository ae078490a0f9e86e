import { adminHandovers } from "@/db/bin/schema/handover";
import type { SecretBox } from "@/server/domain/admin";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { addSeconds, isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { findExtension, lockExtension } from "../extension/repository";
import { extensionNotFound } from "../failures";
import type { HandoverPort } from "./ports";
import { endHandovers, findLatestHandover, stateOf, toHandoverView, type HandoverRecord } from "./repository";
import {
  createHandoverInput,
  FILE_FORMATS,
  HANDOVER_SECONDS,
  handoverInput,
  type CreateHandoverInput,
  type HandoverInput,
  type HandoverView,
  type NewHandover,
} from "./schemas";
import { newToken, passwordMac } from "./token";

/**
 * Makes a one-time address by which a phone fetches the settings of an extension; those made before end. The address is
 * in this answer alone, and the password is not in it.
 * @throws DomainError NOT_FOUND (also for a deleted one), UNAVAILABLE
 */
export async function createHandover(ctx: Context, input: CreateHandoverInput): Promise<NewHandover> {
  authorize(ctx, "extension:hand-over");
  const { id, renew } = parseInput(createHandoverInput, input);
  const { port, secrets } = handoverParts(ctx);
  return await inTransaction(ctx, async (tx) => {
    const extension = await lockExtension(tx, ctx.tenant, id);
    if (extension === null || isSet(extension.tmDelete)) throw extensionNotFound();
    const { token, hash } = newToken(secrets);
    const handover: HandoverRecord = {
      id: newTimeOrderedId(),
      tokenHash: hash,
      extensionId: id,
      customerId: extension.customerId,
      passwordMac: passwordMac(secrets, id, extension.password),
      renew: renew ? 1 : 0,
      tmCreate: tx.now,
      tmExpire: addSeconds(tx.now, HANDOVER_SECONDS),
      tmEnd: null,
      tmUse: null,
      format: null,
      ip: null,
      userAgent: null,
    };
    endHandovers(tx, id);
    tx.write(insertRow(adminHandovers, handover));
    audit(ctx, tx, {
      action: "extension.hand-over",
      resourceType: "extension",
      resourceId: id,
      customerId: extension.customerId,
      after: { extension: extension.extension, newPasswordOnUse: renew, until: handover.tmExpire },
    });
    return { handover: toHandoverView(handover, "open"), ...addressesOf(port, token) };
  });
}

/** What became of the latest one-time address of an extension; null where there was none lately. */
export async function getHandover(ctx: Context, input: HandoverInput): Promise<HandoverView | null> {
  authorize(ctx, "extension:hand-over");
  const { id } = parseInput(handoverInput, input);
  const { secrets } = handoverParts(ctx);
  const extension = await findExtension(ctx.db, ctx.tenant, id);
  if (extension === null) throw extensionNotFound();
  const handover = await findLatestHandover(ctx.db, id);
  return handover === null ? null : toHandoverView(handover, stateOf(secrets, handover, extension, ctx.now()));
}

/** Ends the open one-time address of an extension, where there is one. @throws DomainError NOT_FOUND */
export async function withdrawHandover(ctx: Context, input: HandoverInput): Promise<void> {
  authorize(ctx, "extension:hand-over");
  const { id } = parseInput(handoverInput, input);
  await inTransaction(ctx, async (tx) => {
    const extension = await lockExtension(tx, ctx.tenant, id);
    if (extension === null) throw extensionNotFound();
    const { customerId } = extension;
    endHandovers(tx, id);
    audit(ctx, tx, {
      action: "extension.withdraw-hand-over",
      resourceType: "extension",
      resourceId: id,
      customerId,
      after: { extension: extension.extension },
    });
  });
}

/** The token is behind the # of the page's address: browsers send that to nobody. */
function addressesOf({ origin }: HandoverPort, token: string): Pick<NewHandover, "page" | "files"> {
  const files = Object.fromEntries(FILE_FORMATS.map((format) => [format, `${origin}/phone/${token}.${format}`]));
  return { page: `${origin}/phone#${token}`, files: files as NewHandover["files"] };
}

/** @throws DomainError UNAVAILABLE in a process that serves no phones */
export function handoverParts(ctx: Context): { port: HandoverPort; secrets: SecretBox } {
  const { handover: port, secrets } = ctx.ports;
  if (port !== null && secrets !== null) return { port, secrets };
  throw new DomainError("UNAVAILABLE", "HANDOVER_NOT_HERE", "Only the console can hand an extension over to a phone.");
}
