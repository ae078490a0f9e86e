import { TOTP, Secret } from "otpauth";
import { adminUsers } from "@/db/bin/schema/admin";
import { beginSignIn, confirmIdentity, findSession, finishSignIn, type Browser } from "@/server/domain/admin";
import { NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import type { Role } from "@/server/kernel/permissions";
import { insertRow } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import { anEmail, type TestInstallation } from "./installation";

export interface TestAdmin {
  id: string;
  email: string;
  password: string;
}

const PASSWORD = "correct horse battery";
const NOTHING: Browser = { device: null, sessionId: null };

/** An admin with a password, as an invitation would make him. Needs `passwords` among the ports. */
export async function addAdmin(
  { db, runtime }: TestInstallation,
  role: Role = "owner",
  customerId: string | null = null,
): Promise<TestAdmin> {
  const admin = { id: newId(), email: anEmail(), password: PASSWORD };
  await runStatement(
    db,
    insertRow(adminUsers, {
      id: admin.id,
      email: admin.email,
      name: role,
      passwordHash: (await runtime.ports.passwords?.hash(PASSWORD)) ?? null,
      role,
      customerId,
      tmLastLogin: null,
      tmCreate: runtime.now(),
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    }),
  );
  return admin;
}

/** Signs in by password alone. @returns the context of the new session's requests */
export async function signedIn(
  installation: TestInstallation,
  { email, password }: TestAdmin,
  over: Partial<Context> = {},
): Promise<Context> {
  const ctx = installation.context(over);
  const { token } = await beginSignIn(ctx, { email, password }, null);
  const { sessionId } = await finishSignIn(ctx, { token }, NOTHING);
  const session = await findSession(ctx, sessionId);
  if (session === null) throw new Error("the session has ended already");
  return installation.context({ ...over, actor: session.actor });
}

/** The same, with the right to change the account. */
export async function confirmed(
  installation: TestInstallation,
  admin: TestAdmin,
  over: Partial<Context> = {},
): Promise<Context> {
  const ctx = await signedIn(installation, admin, over);
  await confirmIdentity(ctx, { password: admin.password });
  return ctx;
}

/** What the app shows. @param steps half minutes from `now`, which a code that is early or late is not to be checked after */
export const codeOf = (secret: string, steps = 0, now = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * 30_000 });
