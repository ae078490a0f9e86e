import {
  createTrunk,
  deleteTrunk,
  getTrunk,
  listTrunksBefore,
  restoreTrunk,
  trunkToWire,
  updateTrunk,
} from "@/server/domain/registrar";
import type { AuthType } from "@/server/domain/registrar/limits";
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
  listed,
  paged,
  program,
  run,
  withId,
} from "./common";

// What a list shows as a table: no password; that is in the table of a single record, and in JSON (contract/registrar.md §9.3).
const COLUMNS = ["id", "domain_name", "name", "auth_types", "username", "allowed_ips", "tm_create"];

const trunk = program.command("trunk").description("Trunks: SIP connections to a PBX or a carrier");
const authTypes = ["--auth-types <list>", "basic, ip or both; without it, as the other flags imply", ""] as const;
command(trunk, "create", "Create a trunk")
  .option("--customer-id <uuid>", "customer id (required)", "")
  .option("--domain <name>", "domain name, unique among all trunks (required)", "")
  .option("--name <text>", "name", "")
  .option("--username <name>", "user name, for basic authentication", "")
  .option("--password <text>", "password, for basic authentication (better typed when asked than written here)", "")
  .option("--allowed-ips <list>", "addresses and networks it may send from, with commas between them", "")
  .option(...authTypes)
  .action((flags: Flags) =>
    run({ flags, failure: "failed to create trunk" }, async () => {
      const customerId = await askedId(flags.customerId, "Customer ID");
      const domainName = await asked(flags.domain, "Domain");
      const { name, username = "" } = flags;
      const allowedIps = listed(flags.allowedIps);
      const needsPassword = username !== "" && allowedIps.length === 0;
      const password = needsPassword ? await askedPassword(flags.password) : (flags.password ?? "");
      const implied = [
        ...(username !== "" && password !== "" ? ["basic"] : []),
        ...(allowedIps.length > 0 ? ["ip"] : []),
      ];
      const types = (given(flags.authTypes) === undefined ? implied : listed(flags.authTypes)) as AuthType[]; // the verb checks them
      const input = { customerId, domainName, name, username, password, allowedIps, authTypes: types };
      return async (ctx) => trunkToWire((await createTrunk(ctx, input)).trunk);
    }),
  );
withId(command(trunk, "get", "Show a trunk, a deleted one too")).action(
  byId("Trunk", "retrieve", (id) => async (ctx) => trunkToWire(await getTrunk(ctx, { id }))),
);
paged(command(trunk, "list", "List the live trunks of a customer, newest first"))
  .option("--domain <name>", "only those of this domain name", "")
  .option("--username <name>", "only those of this user name", "")
  .option("--name <text>", "only those of this name", "")
  .action((flags: Flags) =>
    run({ flags, failure: "failed to retrieve trunks", columns: COLUMNS }, async () => {
      const filter = {
        customerId: await askedId(flags.customerId, "Customer ID"),
        deleted: false,
        domainName: given(flags.domain),
        username: given(flags.username),
        name: given(flags.name),
      };
      const page = pageFlags(flags);
      return async (ctx) =>
        (await readAll(page, (part) => listTrunksBefore(ctx, { filter, ...part }))).map(trunkToWire);
    }),
  );
withId(command(trunk, "update", "Change a trunk; what is not given stays"))
  .option("--password <text>", "new password", "")
  .option("--username <name>", "new user name", "")
  .option("--name <text>", "new name", "")
  .option("--domain <name>", "new domain name, and with it a new realm", "")
  .option("--allowed-ips <list>", "new addresses and networks, with commas between them", "")
  .option("--auth-types <list>", "basic, ip or both", "")
  .action(
    byId("Trunk", "update", (id, flags) => {
      const { password } = flags;
      const [name, username, domainName] = [given(flags.name), given(flags.username), given(flags.domain)];
      const [allowedIps, types] = [listed(flags.allowedIps), listed(flags.authTypes)];
      if (![password, name, username, domainName, allowedIps[0], types[0]].some(given))
        throw new FlagError(
          "at least one field must be provided for update: --password, --username, --name, --domain, or --allowed-ips",
        );
      return async (ctx) => {
        const seen = await getTrunk(ctx, { id });
        const input = {
          id,
          name: name ?? seen.name,
          detail: seen.detail,
          authTypes: (types.length > 0 ? types : seen.authTypes) as AuthType[], // the verb checks them
          username: username ?? seen.username,
          password,
          allowedIps: allowedIps.length > 0 ? allowedIps : seen.allowedIps,
          domainName,
          tmUpdate: seen.tmUpdate,
        };
        return trunkToWire(await updateTrunk(ctx, input));
      };
    }),
  );
forced(withId(command(trunk, "delete", "Delete a trunk; its domain name is free again"))).action(
  byId("Trunk", "delete", (id, flags) => async (ctx) => {
    const { domainName, customerId, tmDelete } = await getTrunk(ctx, { id });
    if (!isSet(tmDelete)) await confirmed(flags, `Delete trunk ${domainName} of customer ${customerId}?`);
    return trunkToWire(await deleteTrunk(ctx, { id }));
  }),
);
withId(command(trunk, "restore", "Bring a deleted trunk back; where it uses a password, with a new one")).action(
  byId("Trunk", "restore", (id) => async (ctx) => trunkToWire((await restoreTrunk(ctx, { id })).trunk)),
);
