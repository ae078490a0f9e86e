// What forms know without loading a schema.

/** Lengths of the platform's columns, in characters (contract/registrar.md §1, §2.1). */
export const LIMITS = {
  name: 255,
  detail: 255,
  /** Of ps_auths.username. */
  extension: 40,
  /** Of ps_auths.password. */
  extensionPassword: 80,
  trunkUsername: 255,
  trunkPassword: 255,
  trunkDomainName: 31,
  /** Addresses of one trunk. */
  allowedIps: 100,
} as const;

/** Phones that may be registered with one extension at once; a further one replaces the one that expires first. */
export const DEVICES_MOST = 3;

/** How a trunk may prove who it is: by user name and password, or by its address. */
export const AUTH_TYPES = ["basic", "ip"] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

export const IMPORT_KINDS = ["extensions", "trunks"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
/** Rows of one file, or of one range. */
export const IMPORT_ROWS_MOST = 10_000;
export const IMPORT_BYTES_MOST = 5 * 2 ** 20;
/** What a file can say. */
export const EXTENSION_COLUMNS = ["customerId", "extension", "name", "detail", "password"] as const;
export const TRUNK_COLUMNS = [
  "customerId",
  "domainName",
  "name",
  "detail",
  "authTypes",
  "username",
  "password",
  "allowedIps",
] as const;
export type ImportField = (typeof EXTENSION_COLUMNS)[number] | (typeof TRUNK_COLUMNS)[number];

interface Usable {
  authTypes: readonly string[];
  username: string;
  password: string;
  allowedIps: readonly string[];
}

/**
 * Contract/README "Fix" 10: why a trunk could never prove who it is; null where it can. Forms ask before they send.
 * @returns the field that is wrong, and what to do about it
 */
export function unusableTrunk({
  authTypes,
  username,
  password,
  allowedIps,
}: Usable): [field: keyof Usable, message: string] | null {
  if (authTypes.length === 0) return ["authTypes", "Choose at least one: basic or ip."];
  if (authTypes.includes("basic")) {
    if (username === "") return ["username", "Basic authentication needs a user name."];
    if (password === "") return ["password", "Basic authentication needs a password."];
  }
  if (authTypes.includes("ip") && allowedIps.length === 0)
    return ["allowedIps", "Authentication by address needs at least one address or network."];
  return null;
}
