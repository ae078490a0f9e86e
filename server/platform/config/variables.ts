import * as z from "zod";
import * as parse from "./parsers";

/**
 * The variables of each process. The first group's names are the platform's (contract/messaging.md §9), so that one
 * environment serves all four services; the second group is ours.
 */
const common = {
  RABBITMQ_ADDRESS: parse.amqpAddress.optional(),
  DATABASE_DSN: parse.mysqlDsn.optional(),
  DATABASE_DSN_BIN: parse.mysqlDsn.optional(),
  DATABASE_DSN_ASTERISK: parse.mysqlDsn.optional(),
  REDIS_ADDRESS: parse.hostAndPort.optional(),
  REDIS_PASSWORD: parse.secretText.optional(),
  REDIS_DATABASE: parse.integer(0, 1_000).default(0),
  TWILIO_SID: z.string().optional(),
  TWILIO_TOKEN: parse.secretText.optional(),
  TELNYX_CONNECTION_ID: z.string().optional(),
  TELNYX_PROFILE_ID: z.string().optional(),
  TELNYX_TOKEN: parse.secretText.optional(),
  TELNYX_API_URL: parse.httpUrl.default("https://api.telnyx.com"),
  DOMAIN_NAME_EXTENSION: parse.hostName.optional(),
  DOMAIN_NAME_TRUNK: parse.hostName.optional(),
  PROJECT_BASE_DOMAIN: parse.hostName.default("voipbin.net"),

  NODE_ENV: z.string().optional(),
  SIBLINGS: parse.choices(parse.SIBLINGS).optional(),
  DATABASE_POOL_SIZE: parse.integer(1, 1_000).default(20),
  LOG_LEVEL: parse.choice(parse.LOG_LEVELS).default("info"),
};

const metricsServer = {
  PROMETHEUS_ENDPOINT: parse.urlPath.default("/metrics"),
  PROMETHEUS_LISTEN_ADDRESS: parse.listenAddress.default({ host: undefined, port: 2112 }),
};

const worker = {
  ...common,
  ...metricsServer,
  WORKER_ROLES: parse.choices(parse.WORKER_ROLES).default(new Set(parse.WORKER_ROLES)),
  WORKER_CONCURRENCY: parse.integer(1, 1_000).default(50),
};

const web = {
  ...common,
  HOST: z.string().default("127.0.0.1"),
  PORT: parse.portNumber.default(3000),
  PUBLIC_URL: parse.httpUrl.optional(),
  AUTH_SECRET: parse.secret(32).optional(),
  TRUSTED_PROXIES: parse.integer(0, 20).default(0),
  SIP_PROXY: parse.sipProxy.optional(),
  SIP_TRANSPORT: parse.choice(parse.SIP_TRANSPORTS).default("udp"),
  ACCESS_KEY_CALLS_PER_MINUTE: parse.integer(1, 10_000_000).default(600),
};

/** The originals' commands take the flags of the metrics server as well, and do nothing with them. */
const cli = { ...common, ...metricsServer, PORT: parse.portNumber.default(3000), PUBLIC_URL: parse.httpUrl.optional() };

export const variables = { worker, web, cli } as const;
export type ProcessKind = keyof typeof variables;

/** What has no default, and why it is needed. */
export const required: Record<ProcessKind, Partial<Record<string, string>>> = (() => {
  const database = "the address of the bin_manager database, e.g. user:password@tcp(127.0.0.1:3306)/bin_manager";
  const rabbitmq = "the address of RabbitMQ, e.g. amqp://user:password@127.0.0.1:5672";
  const redis = "the address of Redis, e.g. 127.0.0.1:6379";
  const asterisk = "the address of the asterisk database, e.g. user:password@tcp(127.0.0.1:3306)/asterisk";
  const servers = {
    DATABASE_DSN: database,
    DATABASE_DSN_ASTERISK: asterisk,
    RABBITMQ_ADDRESS: rabbitmq,
    REDIS_ADDRESS: redis,
  };
  return {
    worker: servers,
    web: {
      ...servers,
      AUTH_SECRET:
        "a random text of at least 32 characters that signs the sessions, e.g. from: openssl rand -base64 48",
    },
    cli: { DATABASE_DSN: database },
  };
})();

const schemas = { worker: z.object(worker), web: z.object(web), cli: z.object(cli) };
export type Values<Kind extends ProcessKind> = z.output<(typeof schemas)[Kind]>;

/** @returns the values, or what is wrong with each variable */
export function parseVariables<Kind extends ProcessKind>(
  kind: Kind,
  texts: Record<string, string>,
): { values: Values<Kind>; problems: [] } | { values: undefined; problems: [name: string, reason: string][] } {
  const result = schemas[kind].safeParse(texts);
  if (result.success) return { values: result.data as Values<Kind>, problems: [] };
  const problems = result.error.issues.map((issue): [string, string] => [String(issue.path[0]), issue.message]);
  return { values: undefined, problems };
}
