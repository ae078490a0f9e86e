import { createHash } from "node:crypto";

/** What a digest is checked against; as Asterisk's `auth` objects hold it. */
export interface Credentials {
  realm: string;
  username: string;
  /** MD5 of `username:realm:password`. */
  ha1: string;
}

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** The fields of an `Authorization: Digest …` header; null for another scheme. */
export function parseDigest(header: string): Map<string, string> | null {
  const [, body] = /^Digest\s+(.*)$/i.exec(header) ?? [];
  if (body === undefined) return null;
  const fields = new Map<string, string>();
  for (const [, name = "", quoted, plain = ""] of body.matchAll(
    /([a-z0-9_-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]+))/gi,
  )) {
    fields.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
  }
  return fields;
}

/** Whether the digest proves the password; MD5, with and without `qop=auth`. */
export function provesPassword(fields: Map<string, string>, method: string, credentials: Credentials): boolean {
  const field = (name: string): string => fields.get(name) ?? "";
  if (field("realm") !== credentials.realm || field("username") !== credentials.username) return false;
  const ha2 = md5(`${method}:${field("uri")}`);
  const middle = fields.has("qop")
    ? `${field("nonce")}:${field("nc")}:${field("cnonce")}:${field("qop")}`
    : field("nonce");
  return field("response").toLowerCase() === md5(`${credentials.ha1}:${middle}:${ha2}`);
}

/**
 * Nonces as Asterisk makes them: a time and a hash over it, the sender's address, an id of the process, and the realm,
 * so that nothing has to be remembered.
 */
export function createNonces(lifetimeSeconds: number, entity: string, now: () => number) {
  const nonce = (time: number, address: string, realm: string) =>
    `${time}/${md5(`${time}:${address}:${entity}:${realm}`)}`;
  return {
    make: (address: string, realm: string): string => nonce(Math.floor(now() / 1000), address, realm),
    isValid(candidate: string, address: string, realm: string): boolean {
      const time = Number.parseInt(candidate, 10);
      if (!(Math.floor(now() / 1000) - time <= lifetimeSeconds)) return false;
      return candidate === nonce(time, address, realm);
    },
  };
}
