import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { CommanderError, type Command } from "commander";
import { openCommandRuntime } from "@/server/container";
import { platformContext, type Context, type Runtime } from "@/server/kernel/context";
import { isDomainError, toDomainError } from "@/server/kernel/errors";
import { receiptFor } from "@/server/kernel/receipts";
import { ConfigError, extractConfigFlags, loadConfig, type CliConfig } from "@/server/platform/config";
import { variables } from "@/server/platform/config/variables";
import { FlagError } from "./flags";
import { stopAsking } from "./prompt";

const CONFIG_NAMES = Object.keys(variables.cli).filter((name) => name !== "NODE_ENV");
let configArguments: readonly string[] = [];

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

/** Reads the command line and runs the command. Flags may be written with dashes or underscores (contract/README "Keep" 8). */
export async function runCommand(program: Command, argv: readonly string[]): Promise<void> {
  const { rest } = extractConfigFlags(argv, CONFIG_NAMES);
  configArguments = argv;
  for (const each of allCommands(program)) {
    each.allowExcessArguments(true).exitOverride();
    each.configureOutput({ outputError: (text, write) => write(`${oneLine(text).replace(/^error: /, "Error: ")}\n`) });
    if (each.commands.length > 0 && each !== program) each.action(() => each.outputHelp());
  }
  program.addHelpText(
    "after",
    `\nConfiguration, by flag or environment: ${CONFIG_NAMES.map((name) => `--${name.toLowerCase()}`).join(" ")}`,
  );
  if (rest.length === 0) return program.outputHelp();
  try {
    await program.parseAsync(rest.map(withDashes), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.help" && error.exitCode !== 0)
      process.stderr.write("Error: there is no such command\n");
    process.exitCode = error.exitCode === 0 ? 0 : 1;
  }
}

/** What an argument holds may be shown, but neither make a second line nor command the terminal. */
export const oneLine = (text: string): string =>
  text
    .trimEnd()
    .replace(/\s*\n\s*/g, " ")
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .slice(0, 1_000);

function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const each of command.commands) yield* allCommands(each);
}

function withDashes(argument: string): string {
  const [flag = "", ...value] = argument.split("=");
  if (!/^--[a-z_-]+$/.test(flag)) return argument;
  return [flag.replace(/(?<=[a-z])_/g, "-"), ...value].join("=");
}

type Execute = (ctx: Context, config: CliConfig) => Promise<unknown>;

/**
 * Runs one action: flags are checked first, then the servers are reached. The result is on stdout, as JSON where nothing
 * else is asked for; a failure leaves stdout empty, says one line on stderr and exits with 1.
 */
runCommand.action = async (
  program: Command,
  failure: string,
  prepare: () => Execute | Promise<Execute>,
  write: (result: unknown) => string = (result) => JSON.stringify(result, null, 2),
): Promise<void> => {
  try {
    const execute = await prepare();
    const config = loadConfig("cli", undefined, configArguments);
    const { runtime, close } = await openCommandRuntime(program.name(), config);
    try {
      const result = await execute(commandContext(program.name(), runtime), config).catch((error: unknown) => {
        if (error instanceof FlagError) throw error;
        const known = toDomainError(error);
        if (known.code === "INTERNAL") runtime.log.error({ err: known.cause ?? known }, "command failed");
        throw new FlagError(`${failure}: ${known.message}`);
      });
      process.stdout.write(`${write(result)}\n`);
    } finally {
      await close();
    }
  } catch (error) {
    const told = error instanceof FlagError || error instanceof ConfigError || isDomainError(error);
    process.stderr.write(
      `Error: ${error instanceof ConfigError ? error.message : oneLine(told ? error.message : "the command failed")}\n`,
    );
    if (!told) throw error;
    process.exitCode = 1;
  } finally {
    stopAsking();
  }
};

/** On behalf of the person at the shell, who has the database's address and with it every right. */
export function commandContext(name: string, runtime: Runtime): Context {
  const user = operatingSystemUser();
  const receipt = receiptFor(["cli", randomUUID()]); // tells what became of a commit whose answer was lost
  return platformContext(runtime, {
    actor: { type: "cli", id: user, name: `${user} with ${name}` },
    userAgent: name,
    receipt,
  });
}

function operatingSystemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown"; // a container may run as a user without a name
  }
}
