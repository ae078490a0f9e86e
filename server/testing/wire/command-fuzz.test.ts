import { execFile } from "node:child_process";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { bundle, type Bundles } from "./bundle";
import { HOSTILE_TEXTS } from "./hostile";

const ID = "5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90";
/** Against a command that waits for ever; on a busy machine it takes seconds to start. */
const TIMEOUT_MS = 40_000;
/** Each run costs a process. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 8);
const AT_ONCE = 3;

let installation: TestInstallation;
let bundles: Bundles;
beforeAll(async () => {
  [installation, bundles] = await Promise.all([
    openTestInstallation({}, { sip: true }),
    bundle({
      "customer-control": "server/cli/customer-control.ts",
      "registrar-control": "server/cli/registrar-control.ts",
    }),
  ]);
});
afterAll(async () => {
  bundles?.remove();
  await installation?.drop();
});

interface Outcome {
  exit: number | string;
  stdout: string;
  stderr: string;
}

/** Arguments as bytes: a shell hands on whatever it was given. */
function control(
  args: readonly string[],
  env: Record<string, string> = {},
  command = "customer-control",
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      bundles.path(command),
      args,
      {
        timeout: TIMEOUT_MS,
        env: {
          PATH: process.env.PATH,
          NODE_ENV: "production",
          SIBLINGS: "",
          DATABASE_DSN: installation.url,
          DATABASE_DSN_ASTERISK: installation.asteriskUrl,
          ...env,
        },
      },
      (error, stdout, stderr) => resolve({ exit: error === null ? 0 : (error.code ?? "killed"), stdout, stderr }),
    );
    child.stdin?.on("error", () => undefined); // it may end before it reads
    child.stdin?.end("y\n");
  });
}

/** A command either says what it was asked for, or says in one line what is wrong; and no more, but for lines of the log. */
function isClear({ exit, stdout, ...outcome }: Outcome, args: readonly string[]): void {
  const stderr = outcome.stderr.replace(/^\{"level":.*\}\n/gm, "");
  const about = JSON.stringify(args).slice(0, 500);
  expect([0, 1], `${about}: ${stderr}`).toContain(exit);
  expect(stderr, about).not.toMatch(/^\s+at .+:\d+|node:internal|\bER_[A-Z_]+|\bselect\b.+\bfrom\b|insert into/im);
  if (exit === 0) return;
  expect(stdout, about).toBe("");
  expect(stderr.match(/^Error: \S.*$/gm), `${about}: ${stderr}`).toHaveLength(1);
  expect(stderr.length, about).toBeLessThan(2_000);
}

const VALUES = [
  "",
  ID,
  `{${ID.toUpperCase()}}`,
  "-1",
  "1e9",
  "9".repeat(40),
  "0x10",
  "@",
  "😀",
  "--",
  "2026-02-30",
  "\u001b[31m",
  "a\nError: b",
];
const ANYTHING = HOSTILE_TEXTS.filter((text) => !text.includes("\0") && text.length < 1e5);
const ODD_FLAGS = ["-", "--", "---", "-x", "--no-id", "-h", "--help", "--version", "=", "--="];

/** Arguments of a command that knows these words and flags. */
function lineOf(words: readonly string[], flags: readonly string[]) {
  const flag = fc
    .tuple(fc.constantFrom(...flags), fc.constantFrom("=", " ", ""), fc.constantFrom(...VALUES))
    .map(([name, between, value]) => `--${name}${between}${value}`);
  const argument = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words, "help", "completion", "bogus") },
    { weight: 6, arbitrary: flag },
    { weight: 1, arbitrary: fc.constantFrom(...ANYTHING) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_FLAGS) },
  );
  return (
    fc
      .array(argument, { maxLength: 7 })
      // "--name value" in two arguments, as most people write it
      .map((args) => args.flatMap((each) => (/^--[a-z_-]+ /.test(each) ? each.split(/ (.*)/s).slice(0, 2) : [each])))
  );
}

const VERBS = ["create", "get", "list", "update", "delete", "restore"];
const LINES = {
  "customer-control": lineOf(
    ["customer", "accesskey", ...VERBS, "update-billing-account", "rotate"],
    ["id", "customer-id", "customer_id", "email", "name", "limit", "token", "expire", "billing-account-id"],
  ),
  "registrar-control": lineOf(
    ["extension", "trunk", ...VERBS],
    [
      ...["id", "customer-id", "customer_id", "username", "password", "extension-number", "extension_number", "domain"],
      ...["name", "allowed-ips", "allowed_ips", "auth-types", "limit", "token", "force", "format"],
    ],
  ),
};

describe("a command succeeds, or says in one line what is wrong, within seconds", () => {
  test.each(Object.entries(LINES))(
    "%s, whatever its arguments are",
    async (command, line) => {
      await fc.assert(
        fc.asyncProperty(fc.array(line, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (lines) => {
          const outcomes = await Promise.all(lines.map((args) => control(args, {}, command)));
          for (const [i, outcome] of outcomes.entries()) isClear(outcome, lines[i] ?? []);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    1_200_000,
  );

  test.each([
    ["an unknown command", ["bogus"]],
    ["an unknown flag", ["customer", "get", "--bogus", "1"]],
    ["a flag with a second line in it", ["customer", "get", "--limit\nError: b\u001b[31m"]],
    ["a flag without its value", ["customer", "get", "--id"]],
    ["no id", ["customer", "get"]],
    ["a limit that is no number", ["customer", "list", "--limit", "ten"]],
    ["a token that is no time", ["customer", "list", "--token", "' or 1=1"]],
    ["a day that no calendar has", ["customer", "list", "--token", "2026-02-30"]],
    ["an e-mail that is none", ["customer", "create", "--email", "@"]],
    ["a name of 100,000 characters", ["customer", "create", "--email", "a@b", "--name", "n".repeat(100_000)]],
    ["a negative time to live", ["accesskey", "create", "--customer-id", ID, "--expire", "-1"]],
    ["a configuration flag without its value", ["customer", "list", "--database_dsn"]],
    ["a DSN that is none", ["customer", "list", "--database_dsn", "nonsense:secret@nowhere"]],
    ["a database that is away", ["customer", "list", "--database_dsn", "root:secret@tcp(127.0.0.1:9)/x"]],
  ])("%s fails", async (_, args) => {
    const outcome = await control(args);
    isClear(outcome, args);
    expect(outcome.exit).toBe(1);
    expect(outcome.stderr).not.toContain("secret");
  });

  test("bytes that are no UTF-8, and any script, are a name like another", async () => {
    for (const name of [
      "株式会社 👩‍👩‍👧",
      Buffer.from([0x61, 0xff, 0xc3, 0x28]).toString("latin1"),
      "a\tb\nc",
      "-",
      "--",
    ]) {
      const outcome = await control(["customer", "create", `--email=${anEmail()}`, `--name=${name}`]);
      isClear(outcome, [name]);
      expect(JSON.parse(outcome.stdout)).toMatchObject({ name });
    }
  });

  test("RabbitMQ and Redis that are away fail nothing that does not need them", async () => {
    const away = { RABBITMQ_ADDRESS: "amqp://guest:guest@127.0.0.1:9", REDIS_ADDRESS: "127.0.0.1:9" };
    const outcome = await control(["customer", "create", "--email", anEmail()], away);
    isClear(outcome, []);
    expect(outcome.exit).toBe(0);
    const asked = await control(["customer", "create", "--email", anEmail()], { ...away, SIBLINGS: "agent" });
    isClear(asked, []);
    expect(asked.exit).toBe(1);
  });
});
