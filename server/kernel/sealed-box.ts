import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";

// Texts that whoever writes them cannot read again: an ephemeral X25519 key, HKDF-SHA-256 (RFC 5869), AES-256-GCM.

const VERSION = 1;
const PUBLIC_BYTES = 32;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + PUBLIC_BYTES + TAG_BYTES;

export interface BoxKeys {
  /** SPKI, DER: who has it can seal. */
  publicKey: Buffer;
  /** PKCS #8, DER: who has it can open. */
  privateKey: Buffer;
}

export function newBoxKeys(): BoxKeys {
  const { publicKey, privateKey } = generateKeyPairSync("x25519", {
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return { publicKey, privateKey };
}

/** Of an SPKI of X25519 the last bytes are the key itself. */
const rawOf = (spki: Buffer): Buffer => spki.subarray(spki.length - PUBLIC_BYTES);

/** A key and an IV that this one text alone is sealed with. */
function secretsOf(shared: Buffer, ephemeral: Buffer, recipient: Buffer): { key: Buffer; iv: Buffer } {
  const bytes = Buffer.from(hkdfSync("sha256", shared, Buffer.concat([ephemeral, recipient]), "sealed-box", 44));
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) };
}

const asPublic = (spki: Buffer): KeyObject => createPublicKey({ key: spki, type: "spki", format: "der" });

/** Seals a text, so that only who has the private key can read it. */
export function sealTo(publicKey: Buffer, text: string): Buffer {
  const own = generateKeyPairSync("x25519");
  const spki = own.publicKey.export({ type: "spki", format: "der" });
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: asPublic(publicKey) });
  const { key, iv } = secretsOf(shared, rawOf(spki), rawOf(publicKey));
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), rawOf(spki), cipher.getAuthTag(), sealed]);
}

/** @returns null for what was not sealed with this pair's public key, or was changed since */
export function openSealed({ publicKey, privateKey }: BoxKeys, sealed: Buffer): string | null {
  if (sealed[0] !== VERSION || sealed.length < HEAD_BYTES) return null;
  const ephemeral = sealed.subarray(1, 1 + PUBLIC_BYTES);
  const head = publicKey.subarray(0, publicKey.length - PUBLIC_BYTES);
  try {
    const shared = diffieHellman({
      privateKey: createPrivateKey({ key: privateKey, type: "pkcs8", format: "der" }),
      publicKey: asPublic(Buffer.concat([head, ephemeral])),
    });
    const { key, iv } = secretsOf(shared, ephemeral, rawOf(publicKey));
    const decipher = createDecipheriv("aes-256-gcm", key, iv);
    decipher.setAuthTag(sealed.subarray(1 + PUBLIC_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
