import { adminOutbox } from "@/db/bin/schema/admin";
import type { Context } from "./context";
import { newTimeOrderedId } from "./ids";
import { insertRow } from "./statements";
import type { Transaction } from "./transaction";

/** The services under whose names we publish (contract/messaging.md §1.1). */
export type ServiceName =
  "customer-manager" | "number-manager" | "outdial-manager" | "registrar-manager" | "webhook-manager";

/** A fact for the platform, in its wire form. */
export interface PlatformEvent {
  service: ServiceName;
  /** Past tense, e.g. `customer_created` (contract/messaging.md §3.2). */
  type: string;
  /** The complete record in its wire form, secrets masked. */
  data: object;
}

/** Name of a service's event exchange (contract/messaging.md §1.1). */
export const eventExchange = (service: string): string => `bin-manager.${service}.event`;

/**
 * Leaves an event in the outbox, in the transaction of the change it tells of. The relay publishes it, in order per
 * record, because the insert happens under the record's lock, and drops the caches that the change made stale, should
 * this process not live to do it.
 * @param cacheKeys cache entries that the change makes stale
 */
export function emit(ctx: Context, tx: Transaction, event: PlatformEvent, cacheKeys: readonly string[] = []): void {
  tx.write(
    insertRow(adminOutbox, {
      messageId: newTimeOrderedId(),
      exchange: eventExchange(event.service),
      type: event.type,
      body: JSON.stringify({
        type: event.type,
        publisher: event.service,
        data_type: "application/json",
        data: event.data,
      }),
      cacheKeys: cacheKeys.length === 0 ? null : cacheKeys.join(","),
      state: 0,
      requestId: ctx.requestId,
      tmCreate: tx.now,
    }),
  );
  tx.afterCommit(async () => {
    if (cacheKeys.length > 0) await ctx.cache.drop(cacheKeys);
    ctx.nudgeRelay();
  });
}
