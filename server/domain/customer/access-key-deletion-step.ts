import { audit } from "@/server/kernel/audit";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { emit } from "@/server/kernel/outbox";
import { inTransaction } from "@/server/kernel/transaction";
import { accessKeyEvent } from "./events";
import type { CustomerDeletionStep } from "./ports";
import { countAccessKeys } from "./access-key-list-repository";
import { countAccessKeysUsedSince, lockAccessKeys } from "./access-key-repository";
import type { AccessKeyView } from "./schemas";
import { forgetVerifiedKeys } from "./verify-access-key";
import { writeAccessKey } from "./writes";

const PAGE = 200;
const COUNTED = 1_000_000;
const WEEK_SECONDS = 7 * 86_400;

/** Access keys go with their customer, and come back with it. */
export const accessKeyDeletionStep: CustomerDeletionStep = {
  name: "access-keys",
  label: "Access keys",
  async preview(ctx, customerId) {
    const [count, used] = await Promise.all([
      countAccessKeys(ctx.db, ctx.tenant, { customerId, deleted: false }, ctx.now(), COUNTED),
      countAccessKeysUsedSince(ctx.db, customerId, addSeconds(ctx.now(), -WEEK_SECONDS)),
    ]);
    return {
      count,
      warning: used === 0 ? null : `${used} used in the last 7 days. Programs that use them stop working at once.`,
    };
  },
  deletePage: (ctx, customerId, jobId) =>
    changePage(
      ctx,
      customerId,
      "live",
      (key, now) => ({ ...key, tmUpdate: now, tmDelete: now }),
      jobId,
      "access-key.revoke",
      "accesskey_deleted",
    ),
  restorePage: (ctx, customerId, jobId) =>
    changePage(
      ctx,
      customerId,
      { cascadeId: jobId },
      (key, now) => ({ ...key, tmUpdate: now, tmDelete: NOT_SET }),
      null,
      "access-key.restore",
      "accesskey_updated",
    ),
};

async function changePage(
  ctx: Context,
  customerId: string,
  of: "live" | { cascadeId: string },
  change: (key: AccessKeyView, now: string) => AccessKeyView,
  cascadeId: string | null,
  action: string,
  event: "accesskey_deleted" | "accesskey_updated",
): Promise<number> {
  return await inTransaction(ctx, async (tx) => {
    const page = await lockAccessKeys(tx, customerId, of, PAGE);
    for (const { view, tokenHash } of page) {
      const after = change(view, tx.now);
      tx.write(
        writeAccessKey(view.id, {
          tmUpdate: after.tmUpdate,
          tmDelete: after.tmDelete,
          cascadeId,
          token: view.token,
          tokenHash,
        }),
      );
      emit(ctx, tx, accessKeyEvent(event, after));
      audit(ctx, tx, {
        action,
        resourceType: "access-key",
        resourceId: view.id,
        customerId,
        before: { tmDelete: view.tmDelete },
        after: { tmDelete: after.tmDelete },
      });
    }
    if (page.length > 0) tx.afterCommit(() => forgetVerifiedKeys(ctx));
    return page.length;
  });
}
