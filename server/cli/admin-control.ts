import { text } from "node:stream/consumers";
import { Command } from "commander";
import { argon2Passwords } from "@/server/auth/passwords";
import {
  createAdmin,
  disableAdmin,
  enableAdmin,
  getAdmin,
  getAdminByEmail,
  inviteAdmin,
  listAdmins,
  renewInvitation,
  resetAdmin,
  resetTwoFactor,
  updateAdmin,
} from "@/server/domain/admin";
import { ADMIN_STATUSES, type AdminDetails, type AdminLink } from "@/server/domain/admin/schemas";
import type { Context } from "@/server/kernel/context";
import { ROLES, type Role } from "@/server/kernel/permissions";
import type { CliConfig } from "@/server/platform/config";
import { runCommand } from "./command";
import { FlagError, integerFlag, requiredText, requiredUuid, type Flags } from "./flags";

const program = new Command("admin-control").description(
  "Admins of the console, from the shell: whoever may read the database is never locked out.",
);
const admin = program.command("admin").description("Admins");
const role = ["--role <role>", `${ROLES.join(", ")}`] as const;
const customer = [
  "--customer-id <uuid>",
  "the one customer whose data the admin sees; without it, everybody's",
] as const;

admin
  .command("list")
  .description("List admins, newest first")
  .option(...role, "")
  .option("--status <status>", ADMIN_STATUSES.join(", "), "")
  .option(...customer, "")
  .option("--limit <number>", "how many at most", "100")
  .action((flags: Flags) =>
    run("failed to retrieve admins", () => {
      const filter = {
        role: optionalRole(flags),
        status: oneOf(ADMIN_STATUSES, flags.status, "status"),
        customerId: customerId(flags),
      };
      const limit = integerFlag(flags.limit, "limit");
      return async (ctx) => (await readAll(ctx, filter, limit)).map(toJson);
    }),
  );
whom(admin.command("get").description("Show an admin")).action((flags: Flags) =>
  run("failed to retrieve admin", () => {
    const find = finder(flags);
    return async (ctx) => toJson(await find(ctx));
  }),
);
newcomer(admin.command("create").description("Create an admin; the password is read from standard input")).action(
  (flags: Flags) =>
    run("failed to create admin", () => {
      const input = newcomerInput(flags);
      return async (ctx) => {
        if (process.stdin.isTTY) throw new FlagError("hand the password over standard input, or use: admin invite");
        const password = (await text(process.stdin)).replace(/\r?\n$/, "");
        const withPasswords: Context = { ...ctx, ports: { ...ctx.ports, passwords: argon2Passwords } };
        return toJson(await getAdmin(ctx, await createAdmin(withPasswords, { ...input, password })));
      };
    }),
);
newcomer(admin.command("invite").description("Invite an admin; prints the one-time link")).action((flags: Flags) =>
  run("failed to invite admin", () => {
    const input = newcomerInput(flags);
    return async (ctx, config) => linkToJson(ctx, config, await inviteAdmin(ctx, input));
  }),
);
whom(
  admin
    .command("reset")
    .description("Print a one-time link for a new password (it takes the second factor away), or a new invitation"),
).action((flags: Flags) =>
  run("failed to reset admin", () => {
    const find = finder(flags);
    return async (ctx, config) => {
      const found = await find(ctx);
      const link = found.status === "invited" ? renewInvitation(ctx, found) : resetAdmin(ctx, found);
      return linkToJson(ctx, config, await link);
    };
  }),
);
for (const [name, description, change] of [
  ["disable", "Sign an admin out and keep him out", disableAdmin],
  ["enable", "Let a disabled admin in again", enableAdmin],
  ["reset-two-factor", "Take an admin's second factors away and end his sessions", resetTwoFactor],
] as const)
  whom(admin.command(name).description(description)).action((flags: Flags) =>
    run(`failed to ${name.replaceAll("-", " ")}`, () => {
      const find = finder(flags);
      return async (ctx) => toJson(await change(ctx, { id: (await find(ctx)).id }));
    }),
  );
whom(admin.command("set-role").description("Change what an admin may do, and whose data he sees"))
  .requiredOption(...role)
  .option(...customer, "")
  .action((flags: Flags) =>
    run("failed to set role", () => {
      const [find, wanted] = [finder(flags), requiredRole(flags)];
      const reach = customerId(flags) ?? null;
      return async (ctx) => {
        const { id } = await updateAdmin(ctx, { id: (await find(ctx)).id, role: wanted, customerId: reach });
        return toJson(await getAdmin(ctx, { id }));
      };
    }),
  );

await runCommand(program, process.argv.slice(2));

function run(failure: string, prepare: () => (ctx: Context, config: CliConfig) => Promise<unknown>): Promise<void> {
  return runCommand.action(program, failure, prepare);
}

function whom(command: Command): Command {
  return command
    .option("--id <uuid>", "admin id", "")
    .option("--email <address>", "e-mail address, instead of the id", "");
}

function newcomer(command: Command): Command {
  return command
    .option("--email <address>", "e-mail address (required)", "")
    .option("--name <text>", "name", "")
    .requiredOption(...role)
    .option(...customer, "");
}

/** Looks an admin up by whichever of the two flags was given. */
function finder(flags: Flags): (ctx: Context) => Promise<AdminDetails> {
  const { email } = flags;
  if (email !== undefined && email !== "") return (ctx) => getAdminByEmail(ctx, email);
  const id = requiredUuid(flags.id, "invalid admin", "Admin ID or e-mail");
  return (ctx) => getAdmin(ctx, { id });
}

function newcomerInput(flags: Flags) {
  return {
    email: requiredText(flags.email, "invalid email: Email is required"),
    name: flags.name ?? "",
    role: requiredRole(flags),
    customerId: customerId(flags) ?? null,
  };
}

function oneOf<Word extends string>(words: readonly Word[], value: string | undefined, name: string): Word | undefined {
  if (value === undefined || value === "") return undefined;
  const found = words.find((word) => word === value);
  if (found === undefined) throw new FlagError(`invalid --${name}: one of ${words.join(", ")} is needed`);
  return found;
}

function optionalRole(flags: Flags): Role | undefined {
  return oneOf(ROLES, flags.role, "role");
}

function requiredRole(flags: Flags): Role {
  const found = optionalRole(flags);
  if (found === undefined) throw new FlagError(`invalid --role: one of ${ROLES.join(", ")} is needed`);
  return found;
}

function customerId(flags: Flags): string | undefined {
  return flags.customerId === undefined || flags.customerId === ""
    ? undefined
    : requiredUuid(flags.customerId, "invalid customer ID", "Customer ID");
}

/** Reads page by page, so that a list of any length stays within bounds in the database. */
async function readAll(ctx: Context, filter: object, limit: number): Promise<AdminDetails[]> {
  const found: AdminDetails[] = [];
  for (let cursor: string | undefined; found.length < limit;) {
    const page = await listAdmins(ctx, { filter, size: Math.min(200, limit - found.length), cursor });
    found.push(...page.items);
    if (page.next === null) break;
    cursor = page.next;
  }
  return found;
}

function toJson(found: AdminDetails) {
  return {
    id: found.id,
    name: found.name,
    email: found.email,
    role: found.role,
    customer_id: found.customerId,
    status: found.status,
    two_factor: found.twoFactor,
    tm_last_login: found.tmLastLogin,
    tm_create: found.tmCreate,
  };
}

async function linkToJson(ctx: Context, { publicUrl }: CliConfig, link: AdminLink) {
  const shown = toJson(await getAdmin(ctx, link.admin));
  return { ...shown, link: `${publicUrl}/setup?token=${link.token}`, tm_link_expire: link.tmExpire };
}
