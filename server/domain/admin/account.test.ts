import { afterAll, beforeAll, expect, test } from "vitest";
import { createAttemptLimiter } from "@/server/auth/attempts";
import { argon2Passwords } from "@/server/auth/passwords";
import { createSecretBox } from "@/server/auth/secrets";
import { addSeconds, formatTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { addAdmin, codeOf, confirmed, signedIn } from "@/server/testing/admins";
import { createAuthenticator } from "@/server/testing/authenticator";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createTrpcContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/root";
import { reasonOf } from "@/server/testing/reason";
import {
  addPasskey,
  askForOwnPasskey,
  changePassword,
  confirmIdentity,
  confirmTotp,
  getAccount,
  preparePasskey,
  removePasskey,
  removeTotp,
  renamePasskey,
  renewRecoveryCodes,
  startTotp,
} from ".";

const PARTY = { id: "console.example", origin: "https://console.example", name: "Console" };

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation({
    passwords: argon2Passwords,
    signInAttempts: createAttemptLimiter(null),
    secrets: createSecretBox("a secret of the tests, long enough"),
    relyingParty: PARTY,
  });
});
afterAll(() => installation.drop());

let addresses = 0;
const place = () => ({ ip: `198.51.100.${++addresses}` });

async function makePasskey(ctx: Context) {
  const authenticator = createAuthenticator(PARTY);
  const { options } = await preparePasskey(ctx);
  const made = await addPasskey(ctx, { name: "Laptop", passkey: authenticator.make(options.challenge) });
  return { authenticator, ...made };
}

test("whoever finds a browser signed in can change nothing of how its admin signs in", async () => {
  const admin = await addAdmin(installation);
  const own = await confirmed(installation, admin, place());
  const { passkey, authenticator } = await makePasskey(own);
  // The admin's own session, a second one without any proof.
  const found = { ...own, actor: { ...own.actor, sessionId: "0198a000-0000-7000-8000-000000000000" } } as Context;
  const changes = {
    password: () => changePassword(found, { password: "another good password" }),
    app: () => startTotp(found),
    "app, in use": () => confirmTotp(found, { code: "000000" }),
    "no app": () => removeTotp(found),
    codes: () => renewRecoveryCodes(found),
    passkey: () => preparePasskey(found),
    "passkey, made": () => addPasskey(found, { name: "Mine", passkey: authenticator.make("challenge") }),
    "no passkey": () => removePasskey(found, { id: passkey.id }),
  };
  for (const [name, change] of Object.entries(changes)) expect(await reasonOf(change()), name).toBe("CONFIRM_FIRST");
});

test("a proof is good for ten minutes, in its own session alone", async () => {
  const admin = await addAdmin(installation);
  const ctx = await confirmed(installation, admin, place());
  expect(await reasonOf(startTotp(ctx))).toBe("done");
  const later = { ...ctx, now: () => addSeconds(formatTime(Date.now()), 601) };
  expect(await reasonOf(startTotp(later))).toBe("CONFIRM_FIRST");
  expect((await getAccount(ctx)).confirmedUntil > ctx.now()).toBe(true);
  expect((await getAccount(later)).confirmedUntil).toBe("");
  expect(await reasonOf(startTotp(await signedIn(installation, admin, place())))).toBe("CONFIRM_FIRST");
});

test("password, code and passkey prove who one is; none does when it is wrong, somebody else's or used up", async () => {
  const admin = await addAdmin(installation);
  const ctx = await confirmed(installation, admin, place());
  const { secret } = await startTotp(ctx);
  const now = Date.now(); // for both, since a half minute may end between them
  await confirmTotp({ ...ctx, now: () => formatTime(now) }, { code: codeOf(secret, -1, now) });
  const { authenticator } = await makePasskey(ctx);
  const other = await makePasskey(await confirmed(installation, await addAdmin(installation), place()));
  const confirm = (input: Parameters<typeof confirmIdentity>[1]) => reasonOf(confirmIdentity(ctx, input));

  expect(await confirm({ password: "wrong" })).toBe("WRONG_PASSWORD");
  expect(await confirm({})).toBe("WRONG_PASSWORD");
  expect(await confirm({ password: admin.password })).toBe("done");
  const code = codeOf(secret);
  expect(await confirm({ code })).toBe("done");
  expect(await confirm({ code })).toBe("WRONG_CODE");
  const { options } = await askForOwnPasskey(ctx);
  const passkey = authenticator.assert(options.challenge);
  expect(await confirm({ passkey })).toBe("done");
  expect(await confirm({ passkey })).toBe("WRONG_PASSKEY");
  const again = await askForOwnPasskey(ctx);
  expect(await confirm({ passkey: other.authenticator.assert(again.options.challenge) })).toBe("WRONG_PASSKEY");
});

test("guessing the password of a browser that was found signed in is slowed down", async () => {
  const ctx = await signedIn(installation, await addAdmin(installation), place());
  const results: string[] = [];
  for (let i = 0; i < 11; i++) results.push(await reasonOf(confirmIdentity(ctx, { password: "guess" })));
  expect(results).toEqual([...Array<string>(10).fill("WRONG_PASSWORD"), "TOO_MANY_ATTEMPTS"]);
});

test("recovery codes come with the first second factor, once, and go with the last", async () => {
  const admin = await addAdmin(installation);
  const ctx = await confirmed(installation, admin, place());
  const left = async () => (await getAccount(ctx)).recoveryCodesLeft;
  expect(await reasonOf(renewRecoveryCodes(ctx))).toBe("NO_SECOND_FACTOR");
  const { secret } = await startTotp(ctx);
  expect((await confirmTotp(ctx, { code: codeOf(secret) })).recoveryCodes).toHaveLength(10);
  expect(await reasonOf(startTotp(ctx))).toBe("TOTP_EXISTS");
  const { passkey, recoveryCodes } = await makePasskey(ctx);
  expect(recoveryCodes).toEqual([]);
  await removeTotp(ctx);
  expect(await left()).toBe(10);
  await removePasskey(ctx, { id: passkey.id });
  expect(await left()).toBe(0);
});

test("a passkey of somebody else can be neither renamed nor removed, nor added a second time", async () => {
  const ada = await confirmed(installation, await addAdmin(installation), place());
  const eve = await confirmed(installation, await addAdmin(installation), place());
  const { passkey, authenticator } = await makePasskey(ada);
  expect(await reasonOf(renamePasskey(eve, { id: passkey.id, name: "Mine" }))).toBe("PASSKEY_NOT_FOUND");
  expect(await reasonOf(removePasskey(eve, { id: passkey.id }))).toBe("PASSKEY_NOT_FOUND");
  const { options } = await preparePasskey(eve);
  const copy = authenticator.make(options.challenge);
  expect(await reasonOf(addPasskey(eve, { name: "Copy", passkey: copy }))).toBe("PASSKEY_EXISTS");
  expect(await reasonOf(addPasskey(eve, { name: "Again", passkey: copy }))).toBe("INVALID_INPUT");
  expect((await getAccount(ada)).passkeys).toMatchObject([{ id: passkey.id, name: "Laptop" }]);
});

test("what is shown once is kept under no idempotency key, however easy it is to guess", async () => {
  const admin = await addAdmin(installation);
  const own = await confirmed(installation, admin, place());
  await makePasskey(own);
  const receipts = async (): Promise<number> =>
    Number((await installation.rows<{ count: number }>("select count(*) as count from admin_receipts"))[0]?.count);
  const asked = async (idempotencyKey: string) => {
    const context = await createTrpcContext(
      installation.runtime,
      {
        sessionId: own.actor.type === "admin" ? own.actor.sessionId : null,
        token: null,
        idempotencyKey,
        ip: own.ip,
        userAgent: "test",
      },
      { health: () => Promise.reject(new Error("not asked for")), siblings: [] },
    );
    return createCaller(context).account;
  };
  const before = await receipts();
  expect((await (await asked("12345678")).renewRecoveryCodes()).recoveryCodes).toHaveLength(10);
  expect((await (await asked("23456789")).startTotp()).secret).not.toBe("");
  await (await asked("34567890")).confirm({ password: admin.password });
  await (await asked("45678901")).changePassword({ password: "another good password" });
  expect(await receipts()).toBe(before);
  await (await asked("56789012")).rename({ name: "Somebody" }); // an answer that is no secret is kept
  expect(await receipts()).toBe(before + 1);
});
