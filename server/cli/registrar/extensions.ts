import {
  createExtension,
  deleteExtension,
  extensionToWire,
  getExtension,
  listExtensionsBefore,
  restoreExtension,
  updateExtension,
} from "@/server/domain/registrar";
import { isSet } from "@/server/kernel/clock";
import { FlagError, pageFlags, readAll, type Flags } from "../flags";
import {
  asked,
  askedId,
  askedPassword,
  byId,
  command,
  confirmed,
  forced,
  given,
  paged,
  program,
  run,
  withId,
} from "./common";

// What a list shows as a table: no password; that is in the table of a single record, and in JSON (contract/registrar.md §9.3).
const COLUMNS = ["id", "extension", "name", "username", "realm", "tm_create"];

const extension = program.command("extension").description("Extensions: the SIP accounts of phones");
command(extension, "create", "Create an extension")
  .option("--customer-id <uuid>", "customer id (required)", "")
  .option("--username <name>", "name that the phone proves itself with (required)", "")
  .option("--password <text>", "SIP password (required; better typed when asked than written here)", "")
  .option("--extension-number <number>", "number or name that is called; without it, the user name", "")
  .option("--domain <domain>", "the customer's id; nothing else is possible", "")
  .action((flags: Flags) =>
    run({ flags, failure: "failed to create extension" }, async () => {
      const customerId = await askedId(flags.customerId, "Customer ID");
      const username = await asked(flags.username, "Username");
      const password = await askedPassword(flags.password);
      refuseOtherDomain(flags, customerId);
      const number = given(flags.extensionNumber) ?? username;
      return async (ctx) =>
        extensionToWire((await createExtension(ctx, { customerId, extension: number, username, password })).extension);
    }),
  );
withId(command(extension, "get", "Show an extension, a deleted one too")).action(
  byId("Extension", "retrieve", (id) => async (ctx) => extensionToWire(await getExtension(ctx, { id }))),
);
paged(command(extension, "list", "List the live extensions of a customer, newest first"))
  .option("--domain <domain>", "only those of this domain name", "")
  .option("--username <name>", "only those of this user name", "")
  .option("--extension-number <number>", "only those of this number", "")
  .action((flags: Flags) =>
    run({ flags, failure: "failed to retrieve extensions", columns: COLUMNS }, async () => {
      const filter = {
        customerId: await askedId(flags.customerId, "Customer ID"),
        deleted: false,
        domainName: given(flags.domain),
        username: given(flags.username),
        extension: given(flags.extensionNumber),
      };
      const page = pageFlags(flags);
      return async (ctx) =>
        (await readAll(page, (part) => listExtensionsBefore(ctx, { filter, ...part }))).map(extensionToWire);
    }),
  );
withId(command(extension, "update", "Change an extension; what is not given stays"))
  .option("--password <text>", "new SIP password", "")
  .option("--username <name>", "new name that the phone proves itself with", "")
  .option("--extension-number <number>", "new number: phones have to be set up anew", "")
  .option("--domain <domain>", "the customer's id; nothing else is possible", "")
  .action(
    byId("Extension", "update", (id, flags) => {
      const { password } = flags;
      const [username, number] = [given(flags.username), given(flags.extensionNumber)];
      if (![password, username, number, flags.domain].some(given))
        throw new FlagError(
          "at least one field must be provided for update: --password, --username, --extension-number, or --domain",
        );
      return async (ctx) => {
        const { customerId, name, detail, tmUpdate } = await getExtension(ctx, { id });
        refuseOtherDomain(flags, customerId);
        const input = { id, name, detail, password, username, extension: number, tmUpdate };
        return extensionToWire(await updateExtension(ctx, input));
      };
    }),
  );
forced(
  withId(command(extension, "delete", "Delete an extension; phones that are registered with it are forgotten")),
).action(
  byId("Extension", "delete", (id, flags) => async (ctx) => {
    const { extension: number, customerId, tmDelete } = await getExtension(ctx, { id });
    if (!isSet(tmDelete)) await confirmed(flags, `Delete extension ${number} of customer ${customerId}?`);
    return extensionToWire(await deleteExtension(ctx, { id }));
  }),
);
withId(command(extension, "restore", "Bring a deleted extension back, with a new password")).action(
  byId("Extension", "restore", (id) => async (ctx) => extensionToWire((await restoreExtension(ctx, { id })).extension)),
);

/** An extension's realm is made of its customer's id, so there is nothing to choose. */
function refuseOtherDomain({ domain }: Flags, customerId: string): void {
  if (given(domain) === undefined || domain?.toLowerCase() === customerId.toLowerCase()) return;
  throw new FlagError(
    `invalid domain: an extension's domain is its customer's id, ${customerId}, and cannot be another one`,
  );
}
