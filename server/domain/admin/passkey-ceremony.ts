import { createHash, randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import type { Database } from "@/db/client";
import { adminPasskeys } from "@/db/bin/schema/sign-in";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { updateRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import type { RelyingParty } from "./ports";
import type { AdminView, NewPasskey, PasskeyAssertion } from "./schemas";

/** How long a person may take over a ceremony. */
const TIMEOUT_MS = 300_000;

/** Loaded when first needed: commands and the worker never do. */
const webauthn = () => import("@simplewebauthn/server");

export type PasskeyRow = typeof adminPasskeys.$inferSelect;
/** What browsers are handed. We ask for no extension. */
export type PasskeyRequest = Omit<PublicKeyCredentialRequestOptionsJSON, "extensions">;
export type PasskeyCreation = Omit<PublicKeyCredentialCreationOptionsJSON, "extensions">;

export const newChallenge = (): string => randomBytes(32).toString("base64url");
export const hashCredential = (id: string): Buffer =>
  createHash("sha256").update(Buffer.from(id, "base64url")).digest();

function relyingParty(ctx: Context): RelyingParty {
  if (ctx.ports.relyingParty === null)
    throw new DomainError("INTERNAL", "INTERNAL", "This process knows nothing of passkeys.");
  return ctx.ports.relyingParty;
}

export const passkeysOf = (db: Database, userId: string): Promise<PasskeyRow[]> =>
  db.select().from(adminPasskeys).where(eq(adminPasskeys.userId, userId)).orderBy(adminPasskeys.id);

const described = ({ credentialId, transports }: PasskeyRow) => ({
  id: credentialId.toString("base64url"),
  transports: transportsOf(transports),
});
const transportsOf = (text: string): string[] => text.split(",").filter((each) => each !== "");

/** What a browser needs to ask for a passkey: one of these, or, without any named, whichever it has for us. */
export async function assertionOptions(
  ctx: Context,
  challenge: string,
  passkeys: readonly PasskeyRow[],
): Promise<PasskeyRequest> {
  const { generateAuthenticationOptions } = await webauthn();
  const { extensions: _, ...options } = await generateAuthenticationOptions({
    rpID: relyingParty(ctx).id,
    challenge: Buffer.from(challenge, "base64url"),
    allowCredentials: passkeys.map(described),
    userVerification: "required",
    timeout: TIMEOUT_MS,
  });
  return options;
}

/** What a browser needs to make a passkey that signs in without a name being typed. */
export async function creationOptions(
  ctx: Context,
  challenge: string,
  admin: AdminView,
  passkeys: readonly PasskeyRow[],
): Promise<PasskeyCreation> {
  const { generateRegistrationOptions } = await webauthn();
  const party = relyingParty(ctx);
  const { extensions: _, ...options } = await generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    userID: new Uint8Array(Buffer.from(admin.id.replaceAll("-", ""), "hex")),
    userName: admin.email,
    userDisplayName: admin.name,
    challenge: Buffer.from(challenge, "base64url"),
    attestationType: "none",
    excludeCredentials: passkeys.map(described),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    timeout: TIMEOUT_MS,
  });
  return options;
}

/** Whether a new passkey answers the challenge. @returns what to keep of it, or null */
export async function checkNewPasskey(
  ctx: Context,
  passkey: NewPasskey,
  challenge: string,
): Promise<Pick<
  PasskeyRow,
  "credentialId" | "credentialHash" | "publicKey" | "counter" | "transports" | "synced"
> | null> {
  const { verifyRegistrationResponse } = await webauthn();
  const party = relyingParty(ctx);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...passkey, response: { ...passkey.response, transports: undefined } },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, "base64url"),
      credentialHash: hashCredential(credential.id),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: (passkey.response.transports ?? []).join(","),
      synced: credentialBackedUp ? 1 : 0,
    };
  } catch (error) {
    ctx.log.warn({ err: error, requestId: ctx.requestId }, "a new passkey was not accepted");
    return null;
  }
}

/**
 * Whether what an authenticator signed is good: for this challenge, on our own pages, by a person it has recognised, and
 * with a passkey we know. The passkey stays locked until the transaction ends.
 * @param userId whose it has to be; null for anybody's
 * @returns whose it is, or null
 */
export async function usePasskey(
  ctx: Context,
  tx: Transaction,
  assertion: PasskeyAssertion,
  challenge: string,
  userId: string | null,
): Promise<string | null> {
  const query = await tx.query();
  const [row] = await query
    .select()
    .from(adminPasskeys)
    .where(
      and(
        eq(adminPasskeys.credentialHash, hashCredential(assertion.id)),
        userId === null ? undefined : eq(adminPasskeys.userId, userId),
      ),
    )
    .for("update");
  if (row === undefined) return null;
  const { verifyAuthenticationResponse } = await webauthn();
  const party = relyingParty(ctx);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: assertion,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: row.credentialId.toString("base64url"),
        publicKey: new Uint8Array(row.publicKey),
        counter: row.counter,
        transports: transportsOf(row.transports),
      },
    });
    if (!verified) return null;
    tx.write(updateRow(adminPasskeys, row.id, { counter: authenticationInfo.newCounter, tmLastUse: tx.now }));
    return row.userId;
  } catch (error) {
    ctx.log.warn({ err: error, requestId: ctx.requestId, passkey: row.id }, "a passkey was not accepted");
    return null;
  }
}
