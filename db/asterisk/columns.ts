import { sql } from "drizzle-orm";
import { customType, mysqlEnum, varchar } from "drizzle-orm/mysql-core";

/** Asterisk's yes-or-no, in each of the spellings that it reads. */
export const flag = <Name extends string>(name: Name) =>
  mysqlEnum(name, ["0", "1", "off", "on", "false", "true", "no", "yes"]);

type SipTransport = "udp" | "tcp" | "tls" | "ws" | "wss" | "udp,tcp" | "tcp,udp";

/** Neither `mysqlEnum` nor a lower-case `enum`, because drizzle-kit takes the commas inside the values for separators. */
export const sipTransport = customType<{ data: SipTransport; driverData: string }>({
  dataType: () => "ENUM('udp','tcp','tls','ws','wss','udp,tcp','tcp,udp')",
  fromDriver: (value) => value as SipTransport,
});

// Columns of ours in a table that Asterisk writes. It names the columns that it writes and ignores those that it does not
// know; nothing here may ever refuse its rows, so texts are cut to what their column holds.

const moment = (update: string) =>
  customType<{ data: string; driverData: string }>({
    dataType: () => `timestamp(6) NULL DEFAULT current_timestamp(6)${update}`,
  });
/** When a row was made, by the database's clock; stored in UTC, whatever the zone of Asterisk's session. */
export const madeAt = moment("");
/** When a row was last written, likewise. */
export const writtenAt = moment(" ON UPDATE current_timestamp(6)");

const REALM = "substring_index(`endpoint`,'@',-1)";

/** The customer's id in `1001@<customer-id>.registrar.voipbin.net`; NULL for what is named otherwise. */
export const endpointCustomer = (name: string) =>
  varchar(name, { length: 36 }).generatedAlwaysAs(
    sql.raw(`(case when \`endpoint\` like '%@%' and substr(${REALM},37,1) = '.' then left(${REALM},36) else null end)`),
    { mode: "virtual" },
  );

/** `host:port` of a contact's URI; `^3B` is Asterisk's `;`. */
export const uriAddress = (name: string) =>
  varchar(name, { length: 255 }).generatedAlwaysAs(
    sql.raw(
      "(left(substring_index(substring_index(replace(replace(substring_index(`uri`,'?',1),'sips:','@'),'sip:','@'),'@',-1),'^3B',1),255))",
    ),
    { mode: "virtual" },
  );

/** `host:port` where a proxy saw a phone behind NAT (`;alias=host~port~1` of a contact's URI); NULL for all others. */
export const uriAlias = (name: string) =>
  varchar(name, { length: 64 }).generatedAlwaysAs(
    sql.raw(
      "(case when `uri` like '%^3Balias=%~%~%' then left(replace(substring_index(substring_index(`uri`,'^3Balias=',-1),'~',2),'~',':'),64) else null end)",
    ),
    { mode: "virtual" },
  );

/** The transport that a contact's URI names; without one it is UDP, and TLS for `sips:`. */
export const uriTransport = (name: string) =>
  varchar(name, { length: 8 }).generatedAlwaysAs(
    sql.raw(
      `(case when \`uri\` is null then null ${["wss", "ws", "tls", "tcp"]
        .map((transport) => `when \`uri\` like '%^3Btransport=${transport}%' then '${transport}'`)
        .join(" ")} when \`uri\` like 'sips:%' then 'tls' else 'udp' end)`,
    ),
    { mode: "virtual" },
  );
