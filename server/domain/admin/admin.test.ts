import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argon2Passwords } from "@/server/auth/passwords";
import { createAttemptLimiter } from "@/server/auth/attempts";
import { isDomainError } from "@/server/kernel/errors";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { acceptLink, createSetupLink, findSession, getLink, listSessions, revokeSession, signIn } from ".";

let installation: TestInstallation;
beforeAll(
  async () =>
    (installation = await openTestInstallation({ passwords: argon2Passwords, signInAttempts: createAttemptLimiter() })),
);
afterAll(() => installation.drop());

const PASSWORD = "correct horse battery";
const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (isDomainError(error)) return error.reason;
    throw error;
  }
};

describe("the first admin", () => {
  test("comes by a one-time link that works once, and after which there are no more", async () => {
    const ctx = () => installation.context();
    const earlier = await createSetupLink(ctx());
    const token = (await createSetupLink(ctx())) ?? "";
    expect((await getLink(ctx(), { token: earlier ?? "" })).valid).toBe(false);
    expect(await getLink(ctx(), { token })).toEqual({ purpose: "setup", email: null, name: "", valid: true });
    expect(JSON.stringify(await installation.rows("select * from admin_links"))).not.toContain(token);

    const accept = () => acceptLink(ctx(), { token, name: "Ada", email: "ada@admin.example", password: PASSWORD });
    expect(
      await reasonOf(acceptLink(ctx(), { token, name: "Ada", email: "ada@admin.example", password: "short" })),
    ).toBe("INVALID_INPUT");
    const results = await Promise.all([reasonOf(accept()), reasonOf(accept()), reasonOf(accept())]);
    expect(results.sort()).toEqual(["LINK_NOT_VALID", "LINK_NOT_VALID", "done"]);
    expect(await createSetupLink(ctx())).toBeNull();
    expect(JSON.stringify(await installation.rows("select * from admin_users"))).not.toContain(PASSWORD);
  });
});

describe("a session", () => {
  test("begins with the right password, whatever the case of the e-mail, and ends for good when it is revoked", async () => {
    const ctx = installation.context({ ip: "203.0.113.1", userAgent: "Chromium" });
    const { sessionId } = await signIn(ctx, { email: "ADA@admin.example", password: PASSWORD });
    const session = await findSession(ctx, sessionId);
    expect(session?.actor).toMatchObject({ type: "admin", role: "owner", name: "Ada" });
    const own = installation.context({ actor: session?.actor });
    expect(await listSessions(own)).toMatchObject([
      { id: sessionId, ip: "203.0.113.1", userAgent: "Chromium", current: true },
    ]);
    await revokeSession(own, { id: sessionId });
    expect(await findSession(ctx, sessionId)).toBeNull();
    expect(await findSession(ctx, "nonsense")).toBeNull();
  });

  test("does not begin with a wrong password or an unknown e-mail, and the two cannot be told apart", async () => {
    const ctx = installation.context({ ip: "203.0.113.2" });
    expect(await reasonOf(signIn(ctx, { email: "ada@admin.example", password: "wrong" }))).toBe("WRONG_CREDENTIALS");
    expect(await reasonOf(signIn(ctx, { email: "nobody@admin.example", password: PASSWORD }))).toBe(
      "WRONG_CREDENTIALS",
    );
    const [entry] = await installation.rows<{ after: unknown }>(
      "select after from admin_audit where action = 'session.refuse' limit 1",
    );
    expect(JSON.stringify(entry)).not.toContain("wrong");
  });

  test("cannot be guessed: ten attempts from one address, then a rest, while others may still sign in", async () => {
    const guess = () =>
      signIn(installation.context({ ip: "203.0.113.3" }), { email: "ada@admin.example", password: "guess" });
    for (let i = 0; i < 10; i++) expect(await reasonOf(guess())).toBe("WRONG_CREDENTIALS");
    expect(await reasonOf(guess())).toBe("TOO_MANY_ATTEMPTS");
    expect(
      await reasonOf(
        signIn(installation.context({ ip: "203.0.113.4" }), { email: "ada@admin.example", password: PASSWORD }),
      ),
    ).toBe("done");
  });

  test("of somebody else cannot be ended", async () => {
    const ctx = installation.context({ ip: "203.0.113.5" });
    const { sessionId } = await signIn(ctx, { email: "ada@admin.example", password: PASSWORD });
    const other = installation.context({
      actor: {
        type: "admin",
        id: "0198a000-0000-7000-8000-000000000000",
        name: "Eve",
        role: "owner",
        customerId: null,
        sessionId: "",
      },
    });
    expect(await reasonOf(revokeSession(other, { id: sessionId }))).toBe("SESSION_NOT_FOUND");
    expect(await findSession(ctx, sessionId)).not.toBeNull();
  });
});
