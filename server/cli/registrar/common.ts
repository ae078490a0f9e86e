import { Command, Option } from "commander";
import type { Context } from "@/server/kernel/context";
import { runCommand } from "../command";
import { FlagError, requiredText, requiredUuid, type Flags } from "../flags";
import { ask, askHidden, confirm } from "../prompt";
import { renderTable } from "../table";

// What the commands of extensions and of trunks have in common.

export const program = new Command("registrar-control").description(
  "SIP extensions and trunks of VoIPbin, from the shell.",
);

type Work = (ctx: Context) => Promise<object>;

/** @param columns of a list that is written as a table */
export function run(
  { flags, failure, columns = [] }: { flags: Flags; failure: string; columns?: readonly string[] },
  prepare: () => Promise<Work>,
): Promise<void> {
  const asTable = (result: unknown): string => renderTable(result as Record<string, unknown>, columns);
  return runCommand.action(program, failure, prepare, flags.format === "table" ? asTable : undefined);
}

/** What a command does with the account that its id names. @param kind `Trunk` */
export const byId =
  (kind: string, verb: string, prepare: (id: string, flags: Flags) => Work) =>
  (flags: Flags): Promise<void> =>
    run({ flags, failure: `failed to ${verb} ${kind.toLowerCase()}` }, async () =>
      prepare(await askedId(flags.id, `${kind} ID`), flags),
    );

export function command(parent: Command, name: string, description: string): Command {
  const format = new Option("--format <format>", "how the result is written").choices(["json", "table"]);
  return parent.command(name).description(description).addOption(format.default("json"));
}

export function withId(on: Command): Command {
  return on.option("--id <uuid>", `${on.parent?.name() ?? ""} id (required)`, "");
}

export function paged(on: Command): Command {
  return on
    .option("--customer-id <uuid>", "customer id (required)", "")
    .option("--limit <number>", "how many at most; negative = all", "100")
    .option("--token <time>", "only those created before this time", "");
}

export function forced(on: Command): Command {
  return on.option("--force", "do not ask");
}

/** Empty is as good as not given: no field can be cleared from here (contract/registrar.md §9.3). */
export const given = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

export const listed = (value: string | undefined): string[] =>
  (value ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** A required value, asked for where the flag is not given. */
export async function asked(value: string | undefined, label: string): Promise<string> {
  return requiredText(given(value) ?? (await ask(label)), `invalid ${label.toLowerCase()}: ${label} is required`);
}

export async function askedId(value: string | undefined, label: string): Promise<string> {
  return requiredUuid(
    given(value) ?? (await ask(label)),
    `invalid ${label.replace(/^./, (c) => c.toLowerCase())}`,
    label,
  );
}

export async function askedPassword(value: string | undefined): Promise<string> {
  return requiredText(given(value) ?? (await askHidden("Password")), "invalid password: Password is required");
}

/** @throws FlagError where nobody says yes */
export async function confirmed({ force }: Record<string, unknown>, question: string): Promise<void> {
  if (force === true || (await confirm(question))) return;
  throw new FlagError("not deleted: answer y, or use --force");
}
