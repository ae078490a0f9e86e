import { customType, mysqlEnum } from "drizzle-orm/mysql-core";

/** Asterisk's yes-or-no, in each of the spellings that it reads. */
export const flag = <Name extends string>(name: Name) =>
  mysqlEnum(name, ["0", "1", "off", "on", "false", "true", "no", "yes"]);

type SipTransport = "udp" | "tcp" | "tls" | "ws" | "wss" | "udp,tcp" | "tcp,udp";

/** Neither `mysqlEnum` nor a lower-case `enum`, because drizzle-kit takes the commas inside the values for separators. */
export const sipTransport = customType<{ data: SipTransport; driverData: string }>({
  dataType: () => "ENUM('udp','tcp','tls','ws','wss','udp,tcp','tcp,udp')",
  fromDriver: (value) => value as SipTransport,
});
