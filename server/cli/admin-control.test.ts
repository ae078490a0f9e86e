import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argon2Passwords } from "@/server/auth/passwords";
import { acceptLink } from "@/server/domain/admin";
import { createCustomer } from "@/server/domain/customer";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAdmin } from "@/server/testing/rights/tenant";
import { bundle, type Bundles } from "@/server/testing/wire/bundle";

const PASSWORD = "correct horse battery staple";

let installation: TestInstallation;
let bundles: Bundles;
beforeAll(async () => {
  [installation, bundles] = await Promise.all([
    openTestInstallation({ passwords: argon2Passwords }),
    bundle({ "admin-control": "server/cli/admin-control.ts" }),
  ]);
});
afterAll(async () => {
  bundles?.remove();
  await installation?.drop();
});

/** Runs the command as a shell does, with neither Redis nor RabbitMQ. */
async function control(args: readonly string[], input = "") {
  const child = spawn(bundles.path("admin-control"), args, {
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      SIBLINGS: "",
      DATABASE_DSN: installation.url,
      PUBLIC_URL: "https://admin.example",
    },
  });
  child.stdin.end(input);
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  return { exit, stdout, stderr };
}

async function json(args: readonly string[], input?: string): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await control(args, input);
  expect(stderr).toBe("");
  expect(exit).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const tokenIn = (link: unknown): string => new URL(String(link)).searchParams.get("token") ?? "";

describe("admin-control", () => {
  test("lets the first owner in, resets him, and takes his second factor away", async () => {
    const email = anEmail();
    const invited = await json(["admin", "invite", "--email", email, "--name", "Ada", "--role", "owner"]);
    expect(invited).toMatchObject({ email, name: "Ada", role: "owner", customer_id: null, status: "invited" });
    expect(invited.link).toMatch(/^https:\/\/admin\.example\/setup\?token=[\w-]{32}$/);
    const again = await json(["admin", "reset", "--email", email.toUpperCase()]);
    const accept = (link: unknown) =>
      acceptLink(installation.context(), { token: tokenIn(link), name: "Ada", email, password: PASSWORD });
    await expect(accept(invited.link)).rejects.toThrow("used or has expired");
    await accept(again.link);
    expect(await json(["admin", "get", "--email", email])).toMatchObject({ id: invited.id, status: "active" });

    const bytes = Buffer.from(String(invited.id).replaceAll("-", ""), "hex");
    await installation.rows(
      "insert into admin_totp (user_id, secret, tm_create, tm_confirm) values (?, 'x', now(6), now(6))",
      [bytes],
    );
    expect(await json(["admin", "get", "--id", String(invited.id)])).toMatchObject({ two_factor: true });
    expect(await json(["admin", "reset-two-factor", "--email", email])).toMatchObject({ two_factor: false });
    await accept((await json(["admin", "reset", "--email", email])).link);
    expect(
      await installation.rows("select * from admin_audit where resource_id = ? and actor_type = 'cli'", [invited.id]),
    ).toHaveLength(4);
  });

  test("creates an admin whose password comes over standard input and is neither shown nor kept", async () => {
    const email = anEmail();
    const args = ["admin", "create", "--email", email, "--role", "support"];
    const { stdout } = await control(args, `${PASSWORD}\n`);
    expect(JSON.parse(stdout)).toMatchObject({ email, role: "support", status: "active" });
    expect(stdout).not.toContain(PASSWORD);
    const [user] = await installation.rows<{ password_hash: string }>(
      "select password_hash from admin_users where email = ?",
      [email],
    );
    expect(await argon2Passwords.verify(user?.password_hash ?? "", PASSWORD)).toBe(true);
    const short = await control(["admin", "create", "--email", anEmail(), "--role", "support"], "short");
    expect(short).toMatchObject({ exit: 1, stdout: "" });
    expect(short.stderr).toContain("at least 12 characters");
  });

  test("disables, enables and gives another role, for all or for one customer", async () => {
    const { adminId: id } = await createAdmin(installation, "admin", null);
    const customer = await createCustomer(installation.context(), { name: "Acme", email: anEmail() });
    expect(await json(["admin", "disable", "--id", id])).toMatchObject({ status: "disabled" });
    expect(await json(["admin", "enable", "--id", id])).toMatchObject({ status: "active" });
    const scoped = await json(["admin", "set-role", "--id", id, "--role", "support", "--customer-id", customer.id]);
    expect(scoped).toMatchObject({ role: "support", customer_id: customer.id });
    const listed = await control(["admin", "list", "--customer-id", customer.id]);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id }]);
    expect(await json(["admin", "set-role", "--id", id, "--role", "support"])).toMatchObject({ customer_id: null });
  });

  test.each([
    [
      "an unknown role",
      ["admin", "invite", "--email", "a@b.example", "--role", "king"],
      "owner, admin, support, billing-read",
    ],
    ["nobody in particular", ["admin", "reset"], "Admin ID or e-mail is required"],
    ["somebody unknown", ["admin", "get", "--email", "nobody@b.example"], "There is no such admin"],
    ["no role", ["admin", "invite", "--email", "a@b.example"], "--role"],
    ["no e-mail address", ["admin", "invite", "--email", "ops", "--role", "admin"], "email"],
  ])("says in one line what is wrong with %s", async (_, args, message) => {
    const { exit, stdout, stderr } = await control(args);
    expect([exit, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
