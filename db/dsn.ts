/** Where a MySQL or MariaDB schema is. */
export interface MySqlDsn {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Set for a connection over a Unix socket. */
  socketPath?: string;
  /** Set for an encrypted connection. */
  tls?: { rejectUnauthorized: boolean };
}

/** The password runs to the last `@` before the address, so it may hold any character, `@`, `:` and `/` among them. */
const GO = /^([^:@]*)(?::(.*))?@(?:(tcp|unix)\(([^)]*)\))?\/([^/?]*)(?:\?(.*))?$/s;

/**
 * Reads a Go-style DSN (`user:pass@tcp(host:3306)/db?tls=true`, `user@unix(/path)/db`) or a URL
 * (`mysql://user:pass@host:3306/db?tls=true`, special characters percent-encoded). Of the parameters only `tls` (also
 * `ssl`) counts: `true`, or `skip-verify` for a certificate that nobody vouches for.
 * @throws Error that says what is wrong, and never holds the text itself
 */
export function parseMysqlDsn(text: string): MySqlDsn {
  if (/^(mysql|mariadb):\/\//.test(text)) return parseUrl(text);
  const match = GO.exec(text);
  if (match === null) {
    throw new Error("is neither user:password@tcp(host:3306)/database nor mysql://user:password@host:3306/database");
  }
  const [, user = "", password = "", net = "tcp", address = "", database = "", parameters = ""] = match;
  if (user === "") throw new Error("names no user");
  if (database === "") throw new Error("names no database");
  const common = { user, password, database, ...tlsOf(new URLSearchParams(parameters)) };
  if (net === "unix") {
    if (!address.startsWith("/")) throw new Error("has a socket path that is not absolute");
    return { host: "localhost", port: 3306, ...common, socketPath: address };
  }
  const at = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(address);
  if (at === null) throw new Error("has an address that is not host:port");
  return { host: hostOf(at[1]), port: portOf(at[2]), ...common };
}

function parseUrl(text: string): MySqlDsn {
  if (!URL.canParse(text)) {
    throw new Error("is not a usable mysql:// URL; special characters in it are to be percent-encoded");
  }
  const url = new URL(text);
  const database = decode(url.pathname.slice(1));
  if (url.username === "") throw new Error("names no user");
  if (database === "" || database.includes("/")) throw new Error("names no database");
  return {
    host: hostOf(url.hostname),
    port: portOf(url.port),
    user: decode(url.username),
    password: decode(url.password),
    database,
    ...tlsOf(url.searchParams),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("has a % that is not followed by two hexadecimal digits; write it as %25");
  }
}

const hostOf = (text: string | undefined): string => (text ?? "").replace(/^\[|\]$/g, "") || "127.0.0.1";

function portOf(text: string | undefined): number {
  if (text === undefined || text === "") return 3306;
  const port = Number(text);
  if (port < 1 || port > 65_535) throw new Error("has a port outside 1 to 65535");
  return port;
}

function tlsOf(parameters: URLSearchParams): { tls?: { rejectUnauthorized: boolean } } {
  const value = parameters.get("tls") ?? parameters.get("ssl");
  switch (value) {
    case null:
    case "false":
    case "preferred":
      return {};
    case "true":
      return { tls: { rejectUnauthorized: true } };
    case "skip-verify":
      return { tls: { rejectUnauthorized: false } };
    default:
      throw new Error("has a tls parameter other than true, false, preferred or skip-verify");
  }
}
