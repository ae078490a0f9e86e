import * as z from "zod";
import { parseMysqlDsn, type MySqlDsn } from "@/db/dsn";
import { hidden, type Hidden } from "../hidden";

/** The siblings that we call when they exist (contract/README "Fix" 12). */
export const SIBLINGS = ["agent", "billing", "webhook", "flow"] as const;
export type Sibling = (typeof SIBLINGS)[number];

/** What a worker process can do; one process does all of it by default. */
export const WORKER_ROLES = ["customer", "number", "outdial", "registrar", "webhook", "relay", "jobs"] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How phones may reach us. */
export const SIP_TRANSPORTS = ["udp", "tcp", "tls"] as const;

export interface ListenAddress {
  /** Undefined: every interface. */
  host: string | undefined;
  port: number;
}

/**
 * A schema that turns a text into a value. The remedy is all that a message may say besides the name of the variable:
 * the text itself can be a secret.
 * @param parse gives undefined for a text that is not valid
 */
function parsed<T>(parse: (text: string) => T | undefined, remedy: string) {
  return z.string().transform((text, ctx): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    ctx.addIssue({ code: "custom", message: remedy });
    return z.NEVER;
  });
}

const port = (text: string): number | undefined => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
};

export const amqpAddress = parsed<Hidden<string>>((text) => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^amqps?:$/.test(url.protocol) && url.hostname !== "" ? hidden(text) : undefined;
}, "is not an AMQP address; write amqp://user:password@host:5672/vhost (or amqps://…), with special characters percent-encoded");

export const mysqlDsn = parsed<Hidden<MySqlDsn>>((text) => {
  try {
    return hidden(parseMysqlDsn(text));
  } catch {
    return undefined; // its message could quote the DSN
  }
}, "is not a MySQL address; write user:password@tcp(host:3306)/database or mysql://user:password@host:3306/database");

export const hostAndPort = parsed<{ host: string; port: number }>((text) => {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d+)$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const number = port(match?.[3] ?? "");
  return host === undefined || number === undefined ? undefined : { host, port: number };
}, "is not an address; write host:port, e.g. 127.0.0.1:6379");

export const listenAddress = parsed<ListenAddress>((text) => {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]*)):(\d+)$/.exec(text);
  const number = match?.[3] === "0" ? 0 : port(match?.[3] ?? ""); // 0 = any that is free
  if (match === null || number === undefined) return undefined;
  return { host: match[1] ?? (match[2] === "" ? undefined : match[2]), port: number };
}, "is not an address to listen on; write :port or host:port, e.g. :2112");

export const portNumber = parsed<number>(port, "is not a port; write a number from 1 to 65535");

/** A whole number within bounds, both included. */
export const integer = (least: number, most: number) =>
  parsed<number>((text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return number >= least && number <= most ? number : undefined;
  }, `is not valid; write a whole number from ${least} to ${most}`);

export const hostName = parsed<string>((text) => {
  const name = text.toLowerCase();
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  return name.length <= 253 && new RegExp(`^${label}(?:\\.${label})*$`).test(name) ? name : undefined;
}, "is not a host name; write letters, digits, dashes and dots only, e.g. registrar.example.com");

/** `host` or `host:port`, where a phone sends what it has to say. */
export const sipProxy = parsed<string>((text) => {
  const match = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(\d+))?$/.exec(text.toLowerCase());
  return match === null || (match[1] !== undefined && port(match[1]) === undefined) ? undefined : text.toLowerCase();
}, "is not the address of a SIP proxy; write host or host:port, e.g. sip.example.com:5060");

export const httpUrl = parsed<string>((text) => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  return text.replace(/\/+$/, "");
}, "is not a web address; write https://host or http://host:port, without a user and password");

export const urlPath = parsed<string>(
  (text) => (/^\/[A-Za-z0-9._~/-]*$/.test(text) && text !== "/live" && text !== "/ready" ? text : undefined),
  "is not a path; write one that begins with /, e.g. /metrics (not /live or /ready)",
);

export const choice = <const Value extends string>(values: readonly Value[]) =>
  parsed<Value>((text) => values.find((value) => value === text), `is not valid; write one of ${values.join(", ")}`);

/** A comma list out of a closed set; an empty text is an empty list. */
export const choices = <const Value extends string>(values: readonly Value[]) =>
  parsed<ReadonlySet<Value>>(
    (text) => {
      const words = text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== "");
      const found = words.flatMap((word) => values.find((value) => value === word) ?? []);
      return found.length === words.length ? new Set(found) : undefined;
    },
    `is not valid; write a comma list out of ${values.join(", ")}`,
  );

export const secret = (shortest: number) =>
  parsed<Hidden<string>>(
    (text) => (text.length >= shortest ? hidden(text) : undefined),
    `is too short; write at least ${shortest} characters, e.g. the output of: openssl rand -base64 48`,
  );

export const secretText = z.string().transform((text) => hidden(text));
