import mysql, { type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import type { MySqlDsn } from "@/db/dsn";
import { md5 } from "./digest";

// Asterisk's sorcery realtime: what it asks of the tables, and how it spells what it writes. It reads nothing else.

export interface Aor {
  id: string;
  maxContacts: number;
  removeExisting: boolean;
  minimum: number;
  default: number;
  maximum: number;
  qualifyFrequency: number;
  qualifyTimeout: number;
  authenticateQualify: string;
}

export interface Auth {
  realm: string;
  username: string;
  /** Null where there is nothing to check a digest with; Asterisk then answers 500. */
  ha1: string | null;
}

export interface Contact {
  id: string;
  uri: string;
  expirationTime: number;
}

/** What Asterisk knows of a new contact from the request. */
export interface NewContact {
  uri: string;
  expirationTime: number;
  userAgent: string;
  viaAddress: string;
  viaPort: number;
  callId: string;
}

/** Asterisk's escapes for what would end a value in its configuration. */
const encode = (text: string): string => text.replace(/[;^]/g, (char) => (char === ";" ? "^3B" : "^5E"));
const decode = (text: string): string =>
  text.replace(/\^([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/**
 * A column's value as Asterisk takes it: cut at semicolons, of which the last piece wins, without blanks around it, and
 * only then with its escapes undone.
 */
function read(value: unknown): string {
  const pieces = String(value ?? "").split(";");
  const last = pieces.map((piece) => piece.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "")).findLast((piece) => piece !== "");
  return decode(last ?? "");
}
const isTrue = (flag: unknown): boolean => ["1", "on", "true", "yes"].includes(String(flag));

export type Store = ReturnType<typeof openStore>;

export function openStore(dsn: MySqlDsn, systemName: string) {
  const pool = mysql.createPool({
    host: dsn.host,
    port: dsn.port,
    user: dsn.user,
    password: dsn.password,
    database: dsn.database,
    ...(dsn.socketPath === undefined ? {} : { socketPath: dsn.socketPath }),
    charset: "utf8mb4_general_ci",
    connectionLimit: 4,
  });
  const rows = async (sql: string, values: unknown[]): Promise<RowDataPacket[]> =>
    (await pool.query<RowDataPacket[]>(sql, values))[0];
  const one = async (sql: string, values: unknown[]): Promise<RowDataPacket | undefined> =>
    (await rows(sql, values))[0];

  return {
    close: () => pool.end(),

    /** The endpoint's lists of AORs and auths. The comparison is the table's: without case, trailing spaces padded. */
    async findEndpoint(id: string): Promise<{ id: string; aors: string[]; auths: string[] } | null> {
      const row = await one("select id, aors, auth from ps_endpoints where id = ?", [encode(id)]);
      if (row === undefined) return null;
      const list = (value: unknown): string[] => (read(value) === "" ? [] : read(value).split(","));
      return { id: read(row.id), aors: list(row.aors), auths: list(row.auth) };
    },

    async findDomainAlias(host: string): Promise<string | null> {
      const row = await one("select domain from ps_domain_aliases where id = ?", [encode(host)]);
      return read(row?.domain) || null;
    },

    async findAuth(id: string): Promise<Auth | null> {
      const row = await one("select auth_type, username, password, realm, md5_cred from ps_auths where id = ?", [
        encode(id),
      ]);
      if (row === undefined) return null;
      const [realm, username, password] = [read(row.realm), read(row.username), read(row.password)];
      const plain = password === "" ? null : md5(`${username}:${realm}:${password}`);
      return { realm, username, ha1: row.auth_type === "md5" ? read(row.md5_cred) || null : plain };
    },

    async findAor(id: string): Promise<Aor | null> {
      const row = await one(
        "select id, max_contacts, remove_existing, minimum_expiration, default_expiration, maximum_expiration, qualify_frequency, qualify_timeout, authenticate_qualify from ps_aors where id = ?",
        [encode(id)],
      );
      if (row === undefined) return null;
      const number = (value: unknown, unset: number): number => (value == null ? unset : Number(value));
      return {
        id: read(row.id),
        maxContacts: number(row.max_contacts, 0),
        removeExisting: isTrue(row.remove_existing),
        minimum: number(row.minimum_expiration, 60),
        default: number(row.default_expiration, 3600),
        maximum: number(row.maximum_expiration, 7200),
        qualifyFrequency: number(row.qualify_frequency, 0),
        qualifyTimeout: number(row.qualify_timeout, 3),
        authenticateQualify: isTrue(row.authenticate_qualify) ? "yes" : "no",
      };
    },

    async contactsOf(aor: string): Promise<Contact[]> {
      // `_` and `%` are not escaped by Asterisk either: 1_1 takes the contacts of 101 for its own as well.
      const found = await rows("select id, uri, expiration_time from ps_contacts where id like ?", [
        `${encode(aor)}^3B@%`,
      ]);
      return found.map((row) => ({
        id: String(row.id),
        uri: read(row.uri),
        expirationTime: Number(row.expiration_time),
      }));
    },

    async addContact(aor: Aor, endpoint: string, contact: NewContact): Promise<Contact> {
      const id = `${encode(aor.id)}^3B@${md5(contact.uri)}`;
      await pool.query<ResultSetHeader>("insert into ps_contacts set ?", [
        {
          id,
          uri: encode(contact.uri),
          expiration_time: contact.expirationTime,
          qualify_frequency: aor.qualifyFrequency,
          outbound_proxy: "",
          path: "",
          user_agent: encode(contact.userAgent),
          qualify_timeout: aor.qualifyTimeout,
          reg_server: systemName,
          authenticate_qualify: aor.authenticateQualify,
          via_addr: contact.viaAddress,
          via_port: contact.viaPort,
          call_id: encode(contact.callId),
          endpoint: encode(endpoint),
          prune_on_boot: "no",
          qualify_2xx_only: "false",
        },
      ]);
      return { id, uri: contact.uri, expirationTime: contact.expirationTime };
    },

    /** A refresh: Via and Call-ID stay those of the first registration. */
    async refreshContact(aor: Aor, id: string, { expirationTime, userAgent }: NewContact): Promise<void> {
      await pool.query<ResultSetHeader>("update ps_contacts set ? where id = ?", [
        {
          expiration_time: expirationTime,
          qualify_frequency: aor.qualifyFrequency,
          authenticate_qualify: aor.authenticateQualify,
          ...(userAgent === "" ? {} : { user_agent: encode(userAgent) }),
          reg_server: systemName,
        },
        id,
      ]);
    },

    async removeContact(id: string): Promise<void> {
      await pool.query<ResultSetHeader>("delete from ps_contacts where id = ?", [id]);
    },

    /** What the expiry thread does every 30 seconds, for the contacts of every registrar. */
    async removeExpired(nowSeconds: number): Promise<void> {
      const expired = await rows("select id from ps_contacts where expiration_time <= ?", [nowSeconds]);
      for (const row of expired) await this.removeContact(String(row.id));
    },
  };
}
