import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { bundle, type Bundles } from "@/server/testing/wire/bundle";

let installation: TestInstallation;
let bundles: Bundles;
beforeAll(async () => {
  [installation, bundles] = await Promise.all([
    openTestInstallation({}, { sip: true }),
    bundle({ "registrar-control": "server/cli/registrar-control.ts" }),
  ]);
});
afterAll(async () => {
  bundles?.remove();
  await installation?.drop();
});

interface Run {
  /** What is written to standard input before it ends. */
  input?: string;
  env?: Record<string, string>;
  /** On a terminal of its own, where input is typed when this is asked for. */
  typed?: readonly (readonly [prompt: string, answer: string])[];
}

/** Runs the command as a shell does, with neither Redis nor RabbitMQ. */
async function control(args: readonly string[], { input = "", env = {}, typed }: Run = {}) {
  const quoted = [bundles.path("registrar-control"), ...args].map((each) => `'${each}'`).join(" ");
  const [command, given]: [string, readonly string[]] =
    typed === undefined
      ? [bundles.path("registrar-control"), args]
      : ["script", ["--quiet", "--return", "--command", quoted, "/dev/null"]];
  const child = spawn(command, given, {
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      SHELL: "/bin/sh",
      NODE_ENV: "production",
      SIBLINGS: "",
      DATABASE_DSN: installation.url,
      DATABASE_DSN_ASTERISK: installation.asteriskUrl,
      DOMAIN_NAME_EXTENSION: "registrar.voipbin.test",
      DOMAIN_NAME_TRUNK: "trunk.voipbin.test",
      ...env,
    },
  });
  if (typed === undefined) child.stdin.end(input);
  else answer(child, typed);
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  return { exit, stdout: stdout.replace(/\u001b\[[\d;]*[A-Za-z]/g, ""), stderr };
}

function answer(child: ReturnType<typeof spawn>, typed: readonly (readonly [string, string])[]): void {
  let seen = "";
  const waiting = [...typed];
  child.stdout?.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
    const next = waiting[0];
    if (next === undefined || !seen.includes(next[0])) return;
    waiting.shift();
    seen = "";
    child.stdin?.write(next[1]);
  });
}

async function json(args: readonly string[], run?: Run): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await control(args, run);
  expect(stderr).toBe("");
  expect(exit).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const accounts = (customerId: string) =>
  installation.asteriskRows<{ id: string; username: string; password: string }>(
    "select id, username, password from ps_auths where id like ? order by id",
    [`%@${customerId}.%`],
  );

describe("registrar-control extension", () => {
  test("asks on a pipe for what is missing, in order, and puts each answer where it belongs", async () => {
    const customerId = randomUUID();
    const made = await json(["extension", "create"], { input: `${customerId}\n1001\nS3cret-1\n` });
    expect(made).toMatchObject({ customer_id: customerId, extension: "1001", username: "1001", password: "S3cret-1" });
    const other = await json(
      ["extension", "create", "--extension_number=1002", "--username", "desk", "--password", "S3cret-2"],
      { input: customerId }, // a last line may lack its end
    );
    expect(other).toMatchObject({ extension: "1002", username: "desk", password: "S3cret-2", name: "", detail: "" });
    expect(await accounts(customerId)).toEqual([
      { id: `1001@${customerId}.registrar.voipbin.test`, username: "1001", password: "S3cret-1" },
      { id: `1002@${customerId}.registrar.voipbin.test`, username: "desk", password: "S3cret-2" },
    ]);
    const [event] = await installation.rows<{ body: string }>(
      "select body from admin_outbox where body like ? order by message_id desc limit 1",
      [`%${String(other.id)}%`],
    );
    expect(JSON.parse(event?.body ?? "")).toMatchObject({ publisher: "registrar-manager", type: "extension_created" });
    expect(event?.body).not.toContain("S3cret-2");
  });

  test("asks on a terminal, and does not show a password that is typed", async () => {
    const customerId = randomUUID();
    const { exit, stdout } = await control(["extension", "create", "--customer-id", customerId], {
      typed: [
        ["Username: ", "1003\r"],
        ["Password: ", "Typed-3\r"],
      ],
    });
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain("Username: 1003");
    expect(stdout.split("Typed-3")).toHaveLength(2); // in the result alone
    expect(await accounts(customerId)).toMatchObject([{ username: "1003", password: "Typed-3" }]);
    const left = await control(["extension", "create", "--customer-id", customerId], {
      typed: [["Username: ", "\u0003"]],
    });
    expect(left.exit).toBe(1);
    expect(left.stdout).toContain("Error: interrupted, nothing was changed");
  });

  test("changes what is given and leaves the rest, and moves the account to a new number", async () => {
    const customerId = randomUUID();
    const create = ["extension", "create", "--customer-id", customerId, "--username", "1001", "--password", "p1"];
    const { id } = await json(create);
    await installation.rows(
      "update registrar_extensions set name = 'Desk', detail = 'lobby' where customer_id = unhex(?)",
      [customerId.replaceAll("-", "")],
    );
    const update = (...flags: string[]) => json(["extension", "update", "--id", String(id), ...flags]);
    const kept = { name: "Desk", detail: "lobby" };
    expect(await update("--password", "p2", "--username", "")).toMatchObject({
      ...kept,
      password: "p2",
      username: "1001",
    });
    expect(await update("--extension-number", "1009")).toMatchObject({
      ...kept,
      extension: "1009",
      username: "1009",
      password: "p2",
      endpoint_id: `1009@${customerId}.registrar.voipbin.test`,
    });
    expect(await update("--username", "desk", "--domain", customerId)).toMatchObject({ ...kept, username: "desk" });
    expect(await accounts(customerId)).toEqual([
      { id: `1009@${customerId}.registrar.voipbin.test`, username: "desk", password: "p2" },
    ]);
    const refused = await control(["extension", "update", "--id", String(id), "--domain", "example.com"]);
    expect(refused).toMatchObject({ exit: 1, stdout: "" });
    expect(refused.stderr).toContain("invalid domain: an extension's domain is its customer's id");
  });

  test("deletes after a yes or with --force, and restores with a new password", async () => {
    const customerId = randomUUID();
    const { id } = await json([
      "extension",
      "create",
      "--customer-id",
      customerId,
      "--username",
      "7",
      "--password",
      "p1",
    ]);
    const remove = ["extension", "delete", "--id", String(id)];
    for (const input of ["", "n\n", "\n", "yellow\n"]) {
      const kept = await control(remove, { input });
      expect(kept).toMatchObject({ exit: 1, stdout: "" });
      expect(kept.stderr).toContain("not deleted: answer y, or use --force");
    }
    expect(await accounts(customerId)).toHaveLength(1);
    const asked = await control(remove, { typed: [["[y/N] ", "y\r"]] });
    expect(asked.stdout).toContain(`Delete extension 7 of customer ${customerId}? [y/N] y`);
    expect(await accounts(customerId)).toEqual([]);
    expect(await json(remove)).toMatchObject({ id }); // it is deleted already, so there is nothing to ask
    const back = await json(["extension", "restore", "--id", String(id)]);
    expect(back.password).toMatch(/^\w{20}$/);
    expect(await accounts(customerId)).toMatchObject([{ password: back.password }]);
    expect(await json([...remove, "--force"])).toMatchObject({ id });
    expect(await accounts(customerId)).toEqual([]);
  });

  test("takes no flag from the environment", async () => {
    const customerId = randomUUID();
    const env = {
      USERNAME: "root",
      PASSWORD: "leaked",
      NAME: "n",
      DOMAIN: "d",
      ID: randomUUID(),
      LIMIT: "0",
      TOKEN: "t",
    };
    const { exit, stderr } = await control(["extension", "create", "--customer-id", customerId], { env });
    expect([exit, stderr]).toEqual([1, "Error: invalid username: Username is required\n"]);
    expect(await json(["trunk", "list", "--customer-id", customerId], { env })).toEqual([]);
  });

  test("lists as a table without passwords, and shows one record with all its fields", async () => {
    const customerId = randomUUID();
    const create = ["extension", "create", "--customer-id", customerId, "--password", "not-in-lists", "--username"];
    const [first, second] = [await json([...create, "1001"]), await json([...create, "1002"])];
    const list = ["extension", "list", "--customer-id", customerId];
    const { stdout } = await control([...list, "--format", "table"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]?.split(/ +/)).toEqual(["ID", "EXTENSION", "NAME", "USERNAME", "REALM", "TM_CREATE"]);
    expect(lines.slice(1).map((line) => line.slice(0, 36))).toEqual([second.id, first.id]);
    expect(stdout).not.toContain("not-in-lists");
    const one = await control(["extension", "get", "--id", String(first.id), "--format=table"]);
    expect(one.stdout).toMatch(/^password +not-in-lists$/m);
    expect(one.stdout).toMatch(/^tm_delete +-$/m);
    expect(await json([...list, "--limit", "1"])).toMatchObject([{ id: second.id }]);
    expect(await json([...list, "--token", String(second.tm_create)])).toMatchObject([{ id: first.id }]);
  });
});

describe("registrar-control trunk", () => {
  test("takes the kinds of authentication from what is given", async () => {
    const customerId = randomUUID();
    const create = ["trunk", "create", "--customer-id", customerId, "--domain"];
    const both = ["--username", "u", "--password", "p", "--allowed-ips", " 192.0.2.1, ,2001:DB8::/32,"];
    expect(await json([...create, "cli-both", "--name", "HQ", ...both])).toMatchObject({
      name: "HQ",
      domain_name: "cli-both",
      auth_types: ["basic", "ip"],
      realm: "cli-both.trunk.voipbin.test",
      username: "u",
      password: "p",
      allowed_ips: ["192.0.2.1", "2001:db8::/32"],
    });
    const ip = await json([...create, "cli-ip", "--allowed_ips", "192.0.2.1"]);
    expect(ip).toMatchObject({ auth_types: ["ip"], username: "", password: "" });
    expect(await json([...create, "cli-basic", "--username", "u"], { input: "piped\n" })).toMatchObject({
      auth_types: ["basic"],
      password: "piped",
    });
    const update = ["trunk", "update", "--id", String(ip.id)];
    expect(await json([...update, "--domain", "cli-moved", "--username", "v"])).toMatchObject({
      domain_name: "cli-moved",
      realm: "cli-moved.trunk.voipbin.test",
      username: "v",
      auth_types: ["ip"],
      allowed_ips: ["192.0.2.1"],
    });
    expect(await json([...update, "--auth-types", "ip,basic", "--password", "q"])).toMatchObject({
      auth_types: ["basic", "ip"],
      password: "q",
    });
    expect(await json(["trunk", "delete", "--id", String(ip.id)], { input: "YES\n" })).toMatchObject({ id: ip.id });
    expect(await json(["trunk", "list", "--customer-id", customerId])).toHaveLength(2);
    const back = await json(["trunk", "restore", "--id", String(ip.id)]);
    expect(back.password).not.toBe("q");
  });
});

test.each([
  ["no id", ["extension", "get"], "invalid extension ID: Extension ID is required"],
  [
    "an id that is none",
    ["trunk", "get", "--id", "x"],
    "invalid trunk ID: invalid format for Trunk ID: 'x' is not a valid UUID",
  ],
  ["the zero id", ["extension", "delete", "--id", "00000000-0000-0000-0000-000000000000"], "is not a valid UUID"],
  ["no user name", ["extension", "create", "--customer-id", randomUUID()], "invalid username: Username is required"],
  [
    "no password",
    ["extension", "create", "--customer-id", randomUUID(), "--username", "1"],
    "invalid password: Password is required",
  ],
  [
    "a password of 81",
    ["extension", "create", "--customer-id", randomUUID(), "--username", "1", "--password", "x".repeat(81)],
    "failed to create extension: password: Use at most 80 characters.",
  ],
  ["no domain", ["trunk", "create", "--customer-id", randomUUID()], "invalid domain: Domain is required"],
  [
    "no authentication",
    ["trunk", "create", "--customer-id", randomUUID(), "--domain", "cli-none"],
    "Choose at least one: basic or ip.",
  ],
  [
    "a network that is none",
    ["trunk", "create", "--customer-id", randomUUID(), "--domain", "cli-none", "--allowed-ips", "10.0.0.1/33"],
    "allowedIps",
  ],
  [
    "nothing to change",
    ["extension", "update", "--id", randomUUID()],
    "at least one field must be provided for update: --password, --username, --extension-number, or --domain",
  ],
  [
    "nothing to change of a trunk",
    ["trunk", "update", "--id", randomUUID(), "--name", ""],
    "at least one field must be provided for update: --password, --username, --name, --domain, or --allowed-ips",
  ],
  [
    "somebody unknown",
    ["extension", "get", "--id", randomUUID()],
    "failed to retrieve extension: There is no such extension.",
  ],
  ["an unknown format", ["trunk", "list", "--format", "yaml"], "Allowed choices are json, table."],
])("says in one line what is wrong with %s", async (_, args, message) => {
  const { exit, stdout, stderr } = await control(args);
  expect([exit, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("says that it does not know Asterisk's database", async () => {
  const args = ["extension", "create", "--customer-id", randomUUID(), "--username", "1", "--password", "p"];
  const { exit, stderr } = await control(args, { env: { DATABASE_DSN_ASTERISK: "" } });
  expect([exit, stderr]).toEqual([
    1,
    "Error: failed to create extension: This process does not know Asterisk's database. Set DATABASE_DSN_ASTERISK.\n",
  ]);
});
