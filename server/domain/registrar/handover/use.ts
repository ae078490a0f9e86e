import { adminHandovers } from "@/db/bin/schema/handover";
import { audit } from "@/server/kernel/audit";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { lockExtension, type ExtensionRecord } from "../extension/repository";
import { handoverParts } from "./handover";
import { settingsOf } from "./files";
import type { HandoverPort } from "./ports";
import { findHandover, lockHandover, stateOf, type HandoverRecord } from "./repository";
import { takeHandoverInput, type HandoverFormat, type PhoneSettings, type TakeHandoverInput } from "./schemas";
import { hashOfToken } from "./token";
import { renewPassword } from "../extension/change";

/**
 * The settings of a phone, for whoever holds its one-time address: once. That it was used is written down in the
 * transaction that reads (or renews) the password, so that of several who come at once one alone gets it. Should the
 * process die before its answer is out, the address is used up.
 * @throws DomainError NOT_FOUND (none of ours), CONFLICT (used, ended or too old), TOO_MANY_REQUESTS, UNAVAILABLE
 */
export async function takeHandover(ctx: Context, input: TakeHandoverInput): Promise<PhoneSettings> {
  const { token, format } = parseInput(takeHandoverInput, input);
  const { port, secrets } = handoverParts(ctx);
  const hash = hashOfToken(secrets, token);
  await limit(port, hash === null ? "forged" : "known", hash === null ? ctx.ip : hash.toString("base64url"));
  const found = hash === null ? null : await findHandover(ctx.db, hash);
  if (found === null) throw unknownAddress();
  if (found.tmUse !== null) throw REFUSALS.used();
  const phone: Context = {
    ...ctx,
    actor: { type: "system", id: "hand-over", name: "one-time link" },
    tenant: { all: false, customerId: found.customerId },
  };
  return await inTransaction(phone, async (tx) => {
    const extension = await lockExtension(tx, phone.tenant, found.extensionId);
    const handover = await lockHandover(tx, found.id);
    if (handover === null) throw unknownAddress();
    const state = stateOf(secrets, handover, extension, tx.now);
    if (state !== "open" || extension === null) throw REFUSALS[state]();
    markUsed(phone, tx, handover, extension, format);
    return settingsOf(handover.renew === 1 ? renewPassword(phone, tx, extension) : extension, port);
  });
}

function markUsed(
  ctx: Context,
  tx: Transaction,
  handover: HandoverRecord,
  { id, extension, customerId }: ExtensionRecord,
  format: HandoverFormat,
): void {
  tx.write(
    updateRow(adminHandovers, handover.id, {
      tmUse: tx.now,
      format,
      ip: ctx.ip.slice(0, 45),
      userAgent: ctx.userAgent,
    }),
  );
  audit(ctx, tx, {
    action: "extension.use-hand-over",
    resourceType: "extension",
    resourceId: id,
    customerId,
    after: { extension, as: format, newPassword: handover.renew === 1 },
  });
}

async function limit(port: HandoverPort, kind: "forged" | "known", key: string): Promise<void> {
  const wait = await port.attempts.take(kind, key);
  if (wait === 0) return;
  throw new DomainError(
    "TOO_MANY_REQUESTS",
    "TOO_MANY_REQUESTS",
    `Too many addresses from here were not valid. Try again in ${wait} ${wait === 1 ? "second" : "seconds"}.`,
    { retryAfter: wait },
  );
}

const ASK = "Ask the one who sent it for a new one.";
const unknownAddress = (): DomainError =>
  new DomainError("NOT_FOUND", "HANDOVER_UNKNOWN", `This address is not one of ours, or part of it is missing. ${ASK}`);

/** Why one that was good is so no longer; `open` where its extension went in this moment. */
const REFUSALS = {
  used: () =>
    new DomainError("CONFLICT", "HANDOVER_USED", `These settings were fetched already: the address works once. ${ASK}`),
  expired: () =>
    new DomainError("CONFLICT", "HANDOVER_EXPIRED", `This address was good for ten minutes, which are over. ${ASK}`),
  ended: () =>
    new DomainError(
      "CONFLICT",
      "HANDOVER_ENDED",
      `This address was replaced or withdrawn, or its account has changed. ${ASK}`,
    ),
  open: () => unknownAddress(),
} as const;
