import { runSipp, type SippResult } from "./sipp";

/** An account as a phone is set up with it. */
export interface Account {
  extension: string;
  /** `<customer>.registrar.<base>` */
  realm: string;
  password: string;
}

export interface PhoneOptions extends Partial<Account> {
  /** The digest's user; the extension by default. */
  username?: string;
  /** A Contact header; by default a place made of the port. */
  contact?: string;
  /** Tells the places of several devices apart. */
  port?: number;
  expires?: number;
  agent?: string;
  address?: string;
}

/** A phone that registers `account` with a server. @returns how, after it is done */
export function registerPhone(
  server: { host: string; port: number },
  account: Account,
  over: PhoneOptions = {},
): Promise<SippResult> {
  const { extension, realm, password } = { ...account, ...over };
  const contact = over.contact ?? `<sip:${extension}@198.51.100.7:${over.port ?? 5062};transport=udp>`;
  return runSipp({
    scenario: "register",
    server: `${server.host}:${server.port}`,
    username: over.username ?? extension,
    password,
    ...(over.address === undefined ? {} : { address: over.address }),
    keys: {
      user: encodeURIComponent(extension),
      domain: realm,
      contact,
      expires: String(over.expires ?? 300),
      agent: over.agent ?? "sipp",
    },
  });
}
