import { namesOfCustomers } from "@/server/domain/customer";
import {
  acknowledgeRegistrationAlarm,
  countRegistrations,
  listRegistrationAlarms,
  listRegistrations,
  namesOfEndpoints,
  registrationHistory,
  registrationsOverTime,
} from "@/server/domain/registrar";
import {
  acknowledgeAlarmInput,
  listAlarmsInput,
  listRegistrationsInput,
  registrationCountsInput,
  registrationHistoryInput,
  registrationsOverTimeInput,
} from "@/server/domain/registrar/registration/schemas";
import type { Context } from "@/server/kernel/context";
import { procedure, router } from "../init";

/** Adds the live extension behind each endpoint, and the name of its customer. */
async function withOwners<Item extends { endpointId: string; customerId: string | null }>(
  ctx: Context,
  items: readonly Item[],
) {
  const [names, extensions] = await Promise.all([
    namesOfCustomers(
      ctx,
      items.flatMap(({ customerId }) => customerId ?? []),
    ),
    namesOfEndpoints(
      ctx,
      items.map(({ endpointId }) => endpointId),
    ),
  ]);
  return items.map((item) => {
    const extension = extensions.get(item.endpointId.toLowerCase());
    return {
      ...item,
      /** Null for an account that the product has not, or no more. */
      extensionId: extension?.id ?? null,
      extensionName: extension?.name ?? "",
      customerName: names.get(item.customerId ?? "")?.name ?? "",
    };
  });
}

export const registrationRouter = router({
  /** With the extension of each phone, and the name of its customer. */
  list: procedure("registration:read")
    .input(listRegistrationsInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listRegistrations(ctx, input);
      return { ...page, items: await withOwners(ctx, page.items) };
    }),
  counts: procedure("registration:read")
    .input(registrationCountsInput)
    .query(({ ctx: { ctx }, input }) => countRegistrations(ctx, input)),
  /** When an extension was registered within the last 24 hours. */
  history: procedure("registration:read")
    .input(registrationHistoryInput)
    .query(({ ctx: { ctx }, input }) => registrationHistory(ctx, input)),
  overTime: procedure("registration:read")
    .input(registrationsOverTimeInput)
    .query(({ ctx: { ctx }, input }) => registrationsOverTime(ctx, input)),
  /** With the extension of each alarm, and the name of its customer. */
  alarms: procedure("registration:read")
    .input(listAlarmsInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listRegistrationAlarms(ctx, input);
      return { ...page, items: await withOwners(ctx, page.items) };
    }),
  acknowledge: procedure("registration:acknowledge")
    .input(acknowledgeAlarmInput)
    .mutation(({ ctx: { ctx }, input }) => acknowledgeRegistrationAlarm(ctx, input)),
});
