import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAttemptLimiter } from "@/server/auth/attempts";
import { argon2Passwords } from "@/server/auth/passwords";
import { createSecretBox } from "@/server/auth/secrets";
import { createCustomer, deleteCustomer } from "@/server/domain/customer";
import { addSeconds, formatTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { addAdmin, codeOf, confirmed, signedIn, type TestAdmin } from "@/server/testing/admins";
import { createAuthenticator } from "@/server/testing/authenticator";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { reasonOf } from "@/server/testing/reason";
import {
  addPasskey,
  askForPasskey,
  beginSignIn,
  changePassword,
  confirmTotp,
  endSessions,
  findSession,
  finishSignIn,
  listSessions,
  preparePasskey,
  revokeSession,
  startTotp,
  type Browser,
} from ".";

const PARTY = { id: "console.example", origin: "https://console.example", name: "Console" };
const NOTHING: Browser = { device: null, sessionId: null };
/** Hashes that were checked, in order. */
const verified: string[] = [];

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation({
    passwords: {
      hash: (password) => argon2Passwords.hash(password),
      verify: (hash, password) => {
        verified.push(hash);
        return argon2Passwords.verify(hash, password);
      },
    },
    signInAttempts: createAttemptLimiter(null),
    secrets: createSecretBox("a secret of the tests, long enough"),
    relyingParty: PARTY,
  });
});
afterAll(() => installation.drop());
beforeEach(() => void verified.splice(0));

let addresses = 0;
/** Somebody at an address that nobody else has. */
const stranger = (over: Partial<Context> = {}): Context =>
  installation.context({ ip: `203.0.113.${++addresses}`, ...over });
const begin = (ctx: Context, { email, password }: Pick<TestAdmin, "email" | "password">) =>
  beginSignIn(ctx, { email, password }, null);
const lastRefusal = async (): Promise<string> => {
  const [entry] = await installation.rows<{ after: unknown }>(
    "select after from admin_audit where action = 'session.refuse' order by id desc limit 1",
  );
  return JSON.stringify(entry?.after);
};

/** An admin with an authenticator app. */
async function withApp() {
  const admin = await addAdmin(installation);
  const ctx = await confirmed(installation, admin, { ip: `198.51.100.${++addresses}` });
  const { secret, address } = await startTotp(ctx);
  const now = Date.now(); // for both, since a half minute may end between them
  const { recoveryCodes } = await confirmTotp(
    { ...ctx, now: () => formatTime(now) },
    { code: codeOf(secret, -1, now) },
  );
  return { admin, ctx, secret, address, recoveryCodes };
}

/** An admin with a passkey. */
async function withPasskey() {
  const admin = await addAdmin(installation);
  const ctx = await confirmed(installation, admin, { ip: `198.51.100.${++addresses}` });
  const authenticator = createAuthenticator(PARTY);
  const { options } = await preparePasskey(ctx);
  const passkey = authenticator.make(options.challenge);
  const { recoveryCodes } = await addPasskey(ctx, { name: "Laptop", passkey });
  return { admin, ctx, authenticator, recoveryCodes };
}

describe("a password", () => {
  test("signs in, whatever the case of the e-mail, into a session with an id of its own each time", async () => {
    const admin = await addAdmin(installation);
    const ctx = stranger({ userAgent: "Chromium" });
    const { token, steps } = await begin(ctx, { ...admin, email: admin.email.toUpperCase() });
    expect(steps).toEqual([]);
    const first = await finishSignIn(ctx, { token }, NOTHING);
    const session = await findSession(ctx, first.sessionId);
    expect(session?.actor).toMatchObject({ type: "admin", id: admin.id, role: "owner" });
    const second = await finishSignIn(ctx, { token: (await begin(ctx, admin)).token }, NOTHING);
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(await listSessions(installation.context({ actor: session?.actor }))).toMatchObject([
      { id: second.sessionId, current: false },
      { id: first.sessionId, ip: ctx.ip, userAgent: "Chromium", current: true },
    ]);
  });

  test("is good for one session, within five minutes", async () => {
    const admin = await addAdmin(installation);
    const ctx = stranger();
    const { token } = await begin(ctx, admin);
    const results = await Promise.all([1, 2, 3].map(() => reasonOf(finishSignIn(ctx, { token }, NOTHING))));
    expect(results.sort()).toEqual(["SIGN_IN_OVER", "SIGN_IN_OVER", "done"]);
    const { token: late } = await begin(ctx, admin);
    const later = { ...ctx, now: () => addSeconds(formatTime(Date.now()), 301) };
    expect(await reasonOf(finishSignIn(later, { token: late }, NOTHING))).toBe("SIGN_IN_OVER");
    expect(await reasonOf(finishSignIn(ctx, { token: "made-up" }, NOTHING))).toBe("SIGN_IN_OVER");
    expect(JSON.stringify(await installation.rows("select * from admin_sign_ins"))).not.toContain(late);
  });

  test("that is wrong, and an e-mail nobody has, get one answer after the same work", async () => {
    const admin = await addAdmin(installation);
    const wrong = await begin(stranger(), { ...admin, password: "wrong" }).catch((error: unknown) => error);
    const unknown = await begin(stranger(), { email: anEmail(), password: "wrong" }).catch((error: unknown) => error);
    expect(isDomainError(wrong) && isDomainError(unknown)).toBe(true);
    expect({ ...(wrong as Error) }).toEqual({ ...(unknown as Error) });
    expect((wrong as Error).message).toBe((unknown as Error).message);
    const costs = verified.map((hash) => /^\$argon2id\$v=19\$([^$]+)\$/.exec(hash)?.[1]);
    expect(costs).toEqual(["m=19456,t=2,p=1", "m=19456,t=2,p=1"]);
  });

  test("that was typed into the e-mail's field is not written down", async () => {
    await reasonOf(begin(stranger(), { email: "my secret password", password: "wrong" }));
    expect(await lastRefusal()).not.toContain("secret");
    const email = anEmail();
    await reasonOf(begin(stranger(), { email, password: "a secret password" }));
    expect(await lastRefusal()).toContain(email);
    expect(await lastRefusal()).not.toContain("secret");
  });

  test("opens nothing for a disabled admin and for one whose customer is deleted, and their sessions end at once", async () => {
    const customer = await createCustomer(installation.context(), { name: "Former", email: anEmail() });
    const theirs = await addAdmin(installation, "admin", customer.id);
    const disabled = await addAdmin(installation, "support");
    const sessions = [await signedIn(installation, theirs), await signedIn(installation, disabled)].map(({ actor }) =>
      actor.type === "admin" ? actor.sessionId : "",
    );
    const ctx = stranger();
    const { token } = await begin(ctx, disabled);
    for (const id of sessions) expect(await findSession(ctx, id)).not.toBeNull();

    await deleteCustomer(installation.context(), { id: customer.id });
    await installation.rows("update admin_users set tm_disable = now(6) where email = ?", [disabled.email]);
    for (const id of sessions) expect(await findSession(ctx, id)).toBeNull();
    expect(await reasonOf(begin(ctx, theirs))).toBe("CUSTOMER_DELETED");
    expect(await reasonOf(begin(ctx, disabled))).toBe("ACCOUNT_DISABLED");
    expect(await reasonOf(finishSignIn(ctx, { token }, NOTHING))).toBe("ACCOUNT_DISABLED");
    expect(await reasonOf(begin(ctx, { ...disabled, password: "wrong" }))).toBe("WRONG_CREDENTIALS");
  });
});

describe("a session", () => {
  const idOf = ({ actor }: Context): string => (actor.type === "admin" ? actor.sessionId : "");
  const after = (ctx: Context, seconds: number): Context => ({
    ...ctx,
    now: () => addSeconds(formatTime(Date.now()), seconds),
  });

  test("ends after eight hours without use, and after seven days in any case", async () => {
    const ctx = await signedIn(installation, await addAdmin(installation));
    const id = idOf(ctx);
    expect(await findSession(after(ctx, 8 * 3_600 + 1), id)).toBeNull();
    for (let hours = 7; hours < 7 * 24; hours += 7)
      expect(await findSession(after(ctx, hours * 3_600), id)).not.toBeNull();
    expect(await findSession(after(ctx, 7 * 86_400 + 1), id)).toBeNull();
  });

  test("is not kept alive by a page that is merely open", async () => {
    const ctx = await signedIn(installation, await addAdmin(installation));
    const id = idOf(ctx);
    const [five, nine] = [after(ctx, 5 * 3_600), after(ctx, 9 * 3_600)];
    expect(await findSession(five, id, true)).not.toBeNull();
    expect(await findSession(nine, id)).toBeNull();
    expect(await findSession(five, id)).not.toBeNull();
    expect(await findSession(nine, id)).not.toBeNull();
  });

  test("ends when it is revoked, alone or with all others, and nobody else's does", async () => {
    const admin = await addAdmin(installation);
    const [here, there, elsewhere] = [
      await signedIn(installation, admin),
      await signedIn(installation, admin),
      await signedIn(installation, admin),
    ];
    const foreign = await signedIn(installation, await addAdmin(installation));
    const live = async () =>
      await Promise.all(
        [here, there, elsewhere, foreign].map(async (ctx) => (await findSession(ctx, idOf(ctx))) !== null),
      );
    expect(await reasonOf(revokeSession(foreign, { id: idOf(here) }))).toBe("SESSION_NOT_FOUND");
    await revokeSession(here, { id: idOf(there) });
    expect(await live()).toEqual([true, false, true, true]);
    await endSessions(here, { keepThis: true });
    expect(await live()).toEqual([true, false, false, true]);
    await endSessions(here, { keepThis: false });
    expect(await live()).toEqual([false, false, false, true]);
    expect(await findSession(here, "nonsense")).toBeNull();
  });

  test("is replaced by the next one of the same browser", async () => {
    const admin = await addAdmin(installation);
    const before = await signedIn(installation, admin);
    const foreign = await signedIn(installation, await addAdmin(installation));
    const ctx = stranger();
    for (const sessionId of [idOf(before), idOf(foreign)])
      await finishSignIn(ctx, { token: (await begin(ctx, admin)).token }, { device: null, sessionId });
    expect(await findSession(ctx, idOf(before))).toBeNull();
    expect(await findSession(ctx, idOf(foreign))).not.toBeNull();
  });

  test("of all other places ends with a new password, as do sign-ins that have begun", async () => {
    const admin = await addAdmin(installation);
    const here = await confirmed(installation, admin);
    const there = await signedIn(installation, admin);
    const ctx = stranger();
    const { token } = await begin(ctx, admin);
    expect(await reasonOf(changePassword(there, { password: "another good password" }))).toBe("CONFIRM_FIRST");
    await changePassword(here, { password: "another good password" });
    expect(await findSession(ctx, idOf(here))).not.toBeNull();
    expect(await findSession(ctx, idOf(there))).toBeNull();
    expect(await reasonOf(finishSignIn(ctx, { token }, NOTHING))).toBe("SIGN_IN_OVER");
    expect(await reasonOf(begin(ctx, admin))).toBe("WRONG_CREDENTIALS");
    expect(await reasonOf(begin(ctx, { ...admin, password: "another good password" }))).toBe("done");
  });
});

describe("a code of the app", () => {
  test("is asked for after the password, and no session begins without one", async () => {
    const { admin, secret } = await withApp();
    const ctx = stranger();
    const { token, steps } = await begin(ctx, admin);
    expect(steps).toEqual(["code", "recovery-code"]);
    const sessions = () => installation.rows("select id from admin_sessions");
    const before = (await sessions()).length;
    expect(await reasonOf(finishSignIn(ctx, { token }, NOTHING))).toBe("WRONG_CODE");
    expect(await reasonOf(finishSignIn(ctx, { token, code: "000000" }, NOTHING))).toBe("WRONG_CODE");
    expect(await sessions()).toHaveLength(before);
    expect(
      await reasonOf(finishSignIn(ctx, { token, code: ` ${codeOf(secret).replace(/...$/, " $&")}` }, NOTHING)),
    ).toBe("done");
  });

  test("is taken once, one step early or late at most, and none after a later one", async () => {
    const { admin, secret } = await withApp();
    const ctx = stranger();
    const now = Date.now() + 3_600_000;
    const later = { ...ctx, now: () => formatTime(now) };
    const attempt = async (steps: number) =>
      await reasonOf(
        finishSignIn(later, { token: (await begin(later, admin)).token, code: codeOf(secret, steps, now) }, NOTHING),
      );
    expect(await attempt(2)).toBe("WRONG_CODE");
    expect(await attempt(-2)).toBe("WRONG_CODE");
    expect(await attempt(0)).toBe("done");
    expect(await attempt(0)).toBe("WRONG_CODE");
    expect(await attempt(-1)).toBe("WRONG_CODE");
    expect(await attempt(1)).toBe("done");
  });

  test("of two at the same moment lets one in", async () => {
    const { admin, secret } = await withApp();
    const ctx = stranger();
    const tokens = [await begin(ctx, admin), await begin(ctx, admin), await begin(ctx, admin)];
    const code = codeOf(secret);
    const results = await Promise.all(tokens.map(({ token }) => reasonOf(finishSignIn(ctx, { token, code }, NOTHING))));
    expect(results.sort()).toEqual(["WRONG_CODE", "WRONG_CODE", "done"]);
  });

  test("can be guessed five times, then the sign-in begins again", async () => {
    const { admin, secret } = await withApp();
    const ctx = stranger();
    const { token } = await begin(ctx, admin);
    const guess = () => reasonOf(finishSignIn(ctx, { token, code: "000000" }, NOTHING));
    for (let i = 0; i < 5; i++) expect(await guess()).toBe("WRONG_CODE");
    expect(await guess()).toBe("SIGN_IN_OVER");
    expect(await reasonOf(finishSignIn(ctx, { token, code: codeOf(secret) }, NOTHING))).toBe("SIGN_IN_OVER");
  });

  test("comes from a secret that cannot be read from the database", async () => {
    const { secret, address, recoveryCodes } = await withApp();
    expect(address).toMatch(/^otpauth:\/\/totp\/VoIPbin%20Admin:.*issuer=VoIPbin%20Admin/);
    const rows = JSON.stringify(
      await Promise.all(
        ["admin_totp", "admin_recovery_codes", "admin_audit", "admin_receipts"].map((table) =>
          installation.rows(`select * from ${table}`),
        ),
      ),
      (_, value: unknown) =>
        typeof value === "object" && value !== null && "type" in value && value.type === "Buffer"
          ? Buffer.from((value as unknown as { data: number[] }).data).toString("latin1")
          : value,
    );
    expect(rows).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows).not.toContain(code.replaceAll("-", ""));
  });
});

describe("a recovery code", () => {
  test("signs in once, however it is typed", async () => {
    const { admin, recoveryCodes } = await withApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const ctx = stranger();
    const attempt = async (recoveryCode: string) =>
      await reasonOf(finishSignIn(ctx, { token: (await begin(ctx, admin)).token, recoveryCode }, NOTHING));
    const [first = "", second = ""] = recoveryCodes;
    expect(await attempt(first)).toBe("done");
    expect(await attempt(first)).toBe("WRONG_RECOVERY_CODE");
    expect(await attempt(second.toUpperCase().replaceAll("-", " ").replaceAll("0", "O"))).toBe("done");
    const [foreign = ""] = (await withApp()).recoveryCodes;
    expect(await attempt(foreign)).toBe("WRONG_RECOVERY_CODE");
  });
});

describe("a passkey", () => {
  test("signs in without an e-mail and without a password", async () => {
    const { admin, authenticator } = await withPasskey();
    const ctx = stranger();
    const { token, options } = await askForPasskey(ctx, {});
    expect(options).toMatchObject({ rpId: PARTY.id, userVerification: "required", allowCredentials: [] });
    const { sessionId } = await finishSignIn(ctx, { token, passkey: authenticator.assert(options.challenge) }, NOTHING);
    expect((await findSession(ctx, sessionId))?.admin.id).toBe(admin.id);
  });

  test("is the second step after the password of its own admin alone", async () => {
    const { admin, authenticator } = await withPasskey();
    const other = await withPasskey();
    const ctx = stranger();
    const { token, steps } = await begin(ctx, admin);
    expect(steps).toEqual(["passkey", "recovery-code"]);
    const ask = async () => (await askForPasskey(ctx, { token })).options;
    const foreign = other.authenticator.assert((await ask()).challenge);
    expect(await reasonOf(finishSignIn(ctx, { token, passkey: foreign }, NOTHING))).toBe("WRONG_PASSKEY");
    const options = await ask();
    expect(options.allowCredentials).toHaveLength(1);
    const own = authenticator.assert(options.challenge);
    expect(await reasonOf(finishSignIn(ctx, { token, passkey: own }, NOTHING))).toBe("done");
  });

  test("is refused on another page, for another host, by a stranger's finger, when copied, and a second time", async () => {
    const { authenticator } = await withPasskey();
    const ctx = stranger();
    const attempt = async (over: Parameters<typeof authenticator.assert>[1], challenge?: string) => {
      const { token, options } = await askForPasskey(ctx, {});
      const passkey = authenticator.assert(challenge ?? options.challenge, over);
      const reason = await reasonOf(finishSignIn(ctx, { token, passkey }, NOTHING));
      const again = await reasonOf(finishSignIn(ctx, { token, passkey }, NOTHING));
      return [reason, again];
    };
    expect(await attempt({ counter: 5 })).toEqual(["done", "SIGN_IN_OVER"]);
    for (const over of [
      { origin: "https://evil.example" },
      { rpId: "evil.example" },
      { verified: false },
      { counter: 4 },
    ])
      expect(await attempt({ counter: 9, ...over }), JSON.stringify(over)).toEqual(["WRONG_PASSKEY", "SIGN_IN_OVER"]);
    const { options } = await askForPasskey(ctx, {});
    expect(await attempt({ counter: 9 }, options.challenge)).toEqual(["WRONG_PASSKEY", "SIGN_IN_OVER"]);
    expect(await attempt({ counter: 9 })).toEqual(["done", "SIGN_IN_OVER"]);
  });
});
