import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "vb_";
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;

function checksum(body: string): string {
  let rest = crc32(body);
  let out = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    out = (ALPHABET[rest % 62] ?? "0") + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}

/** A new access key token: `vb_`, 32 random base62 characters (190 bits), and a CRC32 of them in 6 (contract/README "Fix" 6). */
export function newToken(): string {
  let body = "";
  while (body.length < RANDOM_LENGTH) {
    for (const byte of randomBytes(RANDOM_LENGTH + 8)) {
      if (byte < 248 && body.length < RANDOM_LENGTH) body += ALPHABET[byte % 62] ?? "0"; // 248 = 4 * 62: above it the choice would be uneven
    }
  }
  return PREFIX + body + checksum(body);
}

/** Whether a text could be a token at all; a mistyped new token is told without asking the database. */
export function couldBeToken(text: string): boolean {
  if (text === "" || text.length > 1_023) return false;
  if (!text.startsWith(PREFIX)) return true; // tokens of the original service: 16 characters of base64url, without a checksum
  const body = text.slice(PREFIX.length, PREFIX.length + RANDOM_LENGTH);
  return text.length === PREFIX.length + RANDOM_LENGTH + CHECKSUM_LENGTH && text.endsWith(checksum(body));
}
