import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { SecretBox } from "@/server/domain/admin";

const RANDOM_BYTES = 18;
/** Characters: 144 bits nobody can guess, and 132 of a signature. */
const RANDOM = (RANDOM_BYTES / 3) * 4;
const SIGNATURE = 22;
const FORM = new RegExp(`^[A-Za-z0-9_-]{${RANDOM + SIGNATURE}}$`);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const signatureOf = (secrets: SecretBox, random: string): string =>
  secrets.sign("hand-over", random).slice(0, SIGNATURE);

/** A token that nobody else can make, and the hash of it that is kept. */
export function newToken(secrets: SecretBox): { token: string; hash: Buffer } {
  const random = randomBytes(RANDOM_BYTES).toString("base64url");
  const token = random + signatureOf(secrets, random);
  return { token, hash: digest(token) };
}

/** The hash by which a token of ours is found; null for what we have not made, which is told without looking anywhere. */
export function hashOfToken(secrets: SecretBox, token: string): Buffer | null {
  if (!FORM.test(token)) return null;
  const [random, signature] = [token.slice(0, RANDOM), token.slice(RANDOM)];
  return timingSafeEqual(digest(signature), digest(signatureOf(secrets, random))) ? digest(token) : null;
}

/** Tells one password from another; it says nothing to who lacks this installation's secret. */
export const passwordMac = (secrets: SecretBox, extensionId: string, password: string): Buffer =>
  digest(secrets.sign("hand-over password", `${extensionId} ${password}`));
