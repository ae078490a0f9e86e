import { startBulk } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import {
  countPhones,
  createExtension,
  deleteExtension,
  getExtension,
  listExtensions,
  previewRange,
  registrationsOf,
  restoreExtension,
  revealExtensionPassword,
  rotateExtensionPassword,
  startRange,
  updateExtension,
} from "@/server/domain/registrar";
import {
  createExtensionInput,
  extensionFilter,
  extensionIdInput,
  listExtensionsInput,
  rangeInput,
  updateExtensionInput,
} from "@/server/domain/registrar/schemas";
import { procedure, router } from "../init";
import { withCustomerNames } from "./customer-names";

export const extensionRouter = router({
  /** With the name of each extension's customer, and the phones that are registered now; null where that is not known. */
  list: procedure("extension:read")
    .input(listExtensionsInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listExtensions(ctx, input);
      const [named, registrations] = await Promise.all([
        withCustomerNames(ctx, page.items),
        registrationsOf(ctx, page.items),
      ]);
      const items = named.map((extension) => ({
        ...extension,
        registrations: registrations === null ? null : (registrations.get(extension.id) ?? []),
      }));
      return { ...page, items };
    }),
  /** The same of one. */
  get: procedure("extension:read")
    .input(extensionIdInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const extension = await getExtension(ctx, input);
      const [[named], registrations] = await Promise.all([
        withCustomerNames(ctx, [extension]),
        registrationsOf(ctx, [extension]),
      ]);
      return {
        ...extension,
        customerName: named?.customerName ?? "",
        registrations: registrations === null ? null : (registrations.get(extension.id) ?? []),
      };
    }),
  create: procedure("extension:create")
    .input(createExtensionInput)
    .mutation(({ ctx: { ctx }, input }) => createExtension(ctx, input)),
  update: procedure("extension:update")
    .input(updateExtensionInput)
    .mutation(({ ctx: { ctx }, input }) => updateExtension(ctx, input)),
  rotatePassword: procedure("extension:update")
    .input(extensionIdInput)
    .mutation(({ ctx: { ctx }, input }) => rotateExtensionPassword(ctx, input)),
  revealPassword: procedure("extension:reveal")
    .input(extensionIdInput)
    .mutation(({ ctx: { ctx }, input }) => revealExtensionPassword(ctx, input)),
  delete: procedure("extension:delete")
    .input(extensionIdInput)
    .mutation(({ ctx: { ctx }, input }) => deleteExtension(ctx, input)),
  restore: procedure("extension:restore")
    .input(extensionIdInput)
    .mutation(({ ctx: { ctx }, input }) => restoreExtension(ctx, input)),
  /** Each in a transaction of its own, by a job; can be taken back. */
  deleteMany: procedure("extension:delete")
    .input(bulkInput(extensionFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "extension.delete-many", input)),
  /** The new passwords come in the job's file, see job.takeOnceFile. */
  restoreMany: procedure("extension:restore")
    .input(bulkInput(extensionFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "extension.restore-many", input)),
  /** The same. */
  rotatePasswords: procedure("extension:update")
    .input(bulkInput(extensionFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "extension.rotate-many", input)),
  /** The phones that are registered now with many extensions, before something is done with those. */
  countPhones: procedure("extension:read")
    .input(bulkInput(extensionFilter))
    .query(({ ctx: { ctx }, input }) => countPhones(ctx, input)),
  previewRange: procedure("extension:create")
    .input(rangeInput)
    .query(({ ctx: { ctx }, input }) => previewRange(ctx, input)),
  /** Creates them in the background; the passwords come in the job's file, see job.takeOnceFile. */
  createRange: procedure("extension:create")
    .input(rangeInput)
    .mutation(({ ctx: { ctx }, input }) => startRange(ctx, input)),
});
