import { parseArgs } from "node:util";
import { parseMysqlDsn } from "@/db/dsn";
import { startPlayedAsterisk } from "./played-asterisk";

// npm run play:asterisk: a registrar beside `npm start`, to see phones in the console without an Asterisk.
const usage = `npm run play:asterisk -- [--host 127.0.0.1] [--port 5060] [--system-name played-asterisk]
Plays Asterisk on the database of DATABASE_DSN_ASTERISK: SIP phones and programs on this machine can register with it.`;

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "5060" },
    "system-name": { type: "string", default: "played-asterisk" },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const dsn = process.env.DATABASE_DSN_ASTERISK;
  if (!dsn) throw new Error("DATABASE_DSN_ASTERISK names the database to play on, and is not set");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("--port is a number from 0 to 65535");
  const asterisk = await startPlayedAsterisk({
    dsn: parseMysqlDsn(dsn),
    host: values.host,
    port,
    systemName: values["system-name"],
    log: (line) => console.log(line),
  });
  console.log(`Playing Asterisk at ${asterisk.host}:${asterisk.port} (UDP); Ctrl-C ends it.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void asterisk.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
