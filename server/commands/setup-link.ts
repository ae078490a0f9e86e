import { createSetupLink } from "@/server/domain/admin";
import { commandContext } from "@/server/cli/command";
import { openCommandRuntime } from "@/server/container";
import { ConfigError, loadConfig } from "@/server/platform/config";

/** Prints the one-time link that makes the first admin; prints nothing where there is one. */
async function main(): Promise<void> {
  const config = loadConfig("cli");
  const { runtime, close } = await openCommandRuntime("setup-link", config);
  try {
    const token = await createSetupLink(commandContext("setup-link", runtime));
    if (token !== null) process.stdout.write(`${config.publicUrl}/setup?token=${token}\n`);
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `Error: ${error instanceof ConfigError ? error.message : "the link could not be made; is the database migrated?"}\n`,
  );
  process.exitCode = 1;
});
