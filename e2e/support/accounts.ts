import { randomBytes } from "node:crypto";
import { expect, request, type APIRequestContext, type BrowserContext } from "@playwright/test";
import { closeDatabase, openDatabase } from "@/db/client";
import { adminUsers } from "@/db/bin/schema/admin";
import { argon2Passwords } from "@/server/auth/passwords";
import { formatTime, NOT_SET } from "@/server/kernel/clock";
import { newTimeOrderedId } from "@/server/kernel/ids";
import type { Role } from "@/server/kernel/permissions";
import { loadConfig } from "@/server/platform/config";
import { createLogger } from "@/server/platform/logger";
import { openRedis } from "@/server/platform/redis";
import { environment } from "./environment";

export interface Account {
  name: string;
  email: string;
  password: string;
}

export type SessionState = Awaited<ReturnType<APIRequestContext["storageState"]>>;

/** A browser that has never been here. */
export const STRANGER: SessionState = { cookies: [], origins: [] };

export const SESSION_COOKIE = "voipbin.session";

/** Whom the one-time link makes. */
export const OWNER: Account = {
  name: "Dana Wolf",
  email: "dana.wolf@example.com",
  password: "correct horse battery staple",
};

/** A word that no other test uses. */
export const unique = (): string => randomBytes(5).toString("hex");

/**
 * An admin of the test's own, as an invitation would make it. Never another owner of all: the test of the last one is beside
 * this one.
 * @param customerId the one customer whose admin this is
 */
export async function addAdmin(role: Role, customerId: string | null = null): Promise<Account> {
  if (role === "owner" && customerId === null) throw new Error("the tests' one owner of all is OWNER");
  const mark = unique();
  const account = { name: `Robin ${mark}`, email: `robin.${mark}@example.com`, password: `a long password ${mark}` };
  const db = openDatabase(loadConfig("cli").database.reveal(), { size: 1 });
  try {
    await db.insert(adminUsers).values({
      id: newTimeOrderedId(),
      name: account.name,
      email: account.email,
      role,
      customerId,
      passwordHash: await argon2Passwords.hash(account.password),
      tmCreate: formatTime(Date.now()),
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    });
  } finally {
    await closeDatabase(db);
  }
  return account;
}

/** Signs in as the sign-in page does, without a page. */
export async function signIn({ email, password }: Account): Promise<SessionState> {
  // A browser of its own: signing in ends the session that a browser had.
  const visitor = await request.newContext({ baseURL: environment.baseUrl(), storageState: STRANGER });
  try {
    await forgetSignIns();
    const { status, state } = await trySignIn(visitor, { email, password });
    expect(status, `${email} can sign in`).toBe(200);
    return state;
  } finally {
    await visitor.dispose();
  }
}

/** All browsers of the tests are at one address, from which a hundred sign-ins are let through in a quarter of an hour. */
async function forgetSignIns(): Promise<void> {
  const { redis: server } = loadConfig("cli");
  if (server === null) throw new Error("the installation under test has no Redis");
  const redis = openRedis({ ...server, log: createLogger({ level: "silent", process: "test" }), timeoutMs: 10_000 });
  try {
    await redis.ready(20_000);
    const counts = await redis.client.keys("vbadm:attempts:address:*");
    if (counts.length > 0) await redis.client.del(...counts);
  } finally {
    await redis.close();
  }
}

/**
 * One attempt, without a second step unless one is given.
 * @returns the answer's status, the reason of a refusal, and the cookies afterwards
 */
export async function trySignIn(
  visitor: APIRequestContext,
  { email, password }: Pick<Account, "email" | "password">,
  secondStep: { code?: string; recoveryCode?: string } = {},
): Promise<{ status: number; reason: string | null; state: SessionState }> {
  const begun = await visitor.post("/api/trpc/auth.begin", { data: { email, password } });
  const begin = (await begun.json()) as { result?: { data: { token: string } }; error?: { data: { reason: string } } };
  if (begin.result === undefined)
    return { status: begun.status(), reason: begin.error?.data.reason ?? "", state: await visitor.storageState() };
  const { csrfToken } = (await (await visitor.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await visitor.post("/api/auth/callback/credentials", {
    form: { csrfToken, token: begin.result.data.token, ...secondStep, json: "true" },
  });
  const { url } = (await answer.json()) as { url: string };
  const reason = new URL(url, environment.baseUrl()).searchParams.get("error");
  return { status: answer.status(), reason, state: await visitor.storageState() };
}

/** The Cookie header of a session. */
export const cookieHeader = ({ cookies }: SessionState): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

export async function sessionCookie(context: BrowserContext) {
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith(SESSION_COOKIE));
  if (cookie === undefined) throw new Error("there is no session's cookie");
  return cookie;
}
