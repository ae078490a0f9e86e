import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { SecretBox } from "@/server/domain/admin";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM and HMAC-SHA-256 under keys that are derived from AUTH_SECRET, one for each purpose (HKDF, RFC 5869).
 * Sealed: version (1 byte), IV (12), tag (16), text.
 */
export function createSecretBox(authSecret: string): SecretBox {
  const keyOf = (use: "seal" | "sign", purpose: string): Buffer =>
    Buffer.from(hkdfSync("sha256", authSecret, "voipbin-admin", `${use} ${purpose}`, 32));
  return {
    seal(purpose, text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", keyOf("seal", purpose), iv);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]);
    },
    open(purpose, sealed) {
      const text = 1 + IV_BYTES + TAG_BYTES;
      if (sealed[0] !== VERSION || sealed.length < text) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", keyOf("seal", purpose), sealed.subarray(1, 1 + IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, text));
        return Buffer.concat([decipher.update(sealed.subarray(text)), decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
    sign: (purpose, text) => createHmac("sha256", keyOf("sign", purpose)).update(text).digest("base64url"),
  };
}
