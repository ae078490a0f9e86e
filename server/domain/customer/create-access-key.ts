import { customerAccesskeys } from "@/db/bin/schema/customer";
import { audit } from "@/server/kernel/audit";
import { authorize, isWithin } from "@/server/kernel/authorization";
import { addSeconds, isSet, NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { loadCustomer } from "./cached-customer";
import { accessKeyEvent } from "./events";
import { customerNotFound } from "./failures";
import {
  createAccessKeyInput,
  YEAR_SECONDS,
  type AccessKeyView,
  type CreateAccessKeyInput,
  type NewAccessKey,
} from "./schemas";
import { newToken } from "./token";
import { hashToken, maskToken } from "./view";

/**
 * Creates an access key. The token is in this answer and nowhere else: only its hash is kept.
 * Siblings have checked the owner, so theirs is taken as given (contract/README "Keep" 7); everybody else's is checked.
 * @throws DomainError INVALID_INPUT, NOT_FOUND
 */
export async function createAccessKey(ctx: Context, input: CreateAccessKeyInput): Promise<NewAccessKey> {
  authorize(ctx, "access-key:create");
  const { customerId, name, detail, expire } = parseInput(createAccessKeyInput, input);
  if (ctx.actor.type !== "service") {
    const customer = isWithin(ctx.tenant, customerId) ? await loadCustomer(ctx, customerId) : null;
    if (customer === null || isSet(customer.tmDelete)) throw customerNotFound();
  }
  return await inTransaction(ctx, (tx) => {
    const token = newToken();
    const key: AccessKeyView = {
      id: newId(),
      customerId,
      name,
      detail,
      token: maskToken(token),
      tmExpire: addSeconds(tx.now, expire === 0 ? YEAR_SECONDS : expire),
      tmUsed: "",
      usedIp: "",
      usedAgent: "",
      tmPrevExpire: "",
      tmCreate: tx.now,
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    };
    tx.write(insertRow(customerAccesskeys, { ...key, tokenHash: hashToken(token), tmUsed: null, tmPrevExpire: null }));
    emit(ctx, tx, accessKeyEvent("accesskey_created", key));
    audit(ctx, tx, {
      action: "access-key.create",
      resourceType: "access-key",
      resourceId: key.id,
      customerId,
      after: { name, detail, token: key.token, tmExpire: key.tmExpire },
    });
    return { key, token };
  });
}
