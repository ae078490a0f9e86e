import type { MySqlDsn } from "@/db/dsn";
import type { Hidden } from "../hidden";
import { extractConfigFlags } from "./flags";
import type { ListenAddress, LogLevel, Sibling, WorkerRole } from "./parsers";
import { parseVariables, required, variables, type ProcessKind, type Values } from "./variables";

export { extractConfigFlags } from "./flags";
export { SIBLINGS, WORKER_ROLES, type ListenAddress, type LogLevel, type Sibling, type WorkerRole } from "./parsers";
export type { ProcessKind } from "./variables";

export interface RedisConfig {
  host: string;
  port: number;
  password: Hidden<string> | null;
  database: number;
}

export interface CommonConfig {
  production: boolean;
  /** The bin_manager database. */
  database: Hidden<MySqlDsn>;
  /** Required but for commands. */
  databaseAsterisk: Hidden<MySqlDsn> | null;
  /** Connections at most. */
  databasePoolSize: number;
  siblings: ReadonlySet<Sibling>;
  logLevel: LogLevel;
  twilio: { sid: string; token: Hidden<string> } | null;
  telnyx: { connectionId: string; profileId: string; token: Hidden<string>; apiUrl: string } | null;
  /** Of SIP: what follows a customer's id in an extension's realm, and a trunk's domain name in a trunk's. */
  domains: { extension: string; trunk: string };
}

/** What long-running processes have and a command may lack. */
interface Servers {
  rabbitmq: Hidden<string>;
  redis: RedisConfig;
}

export interface MetricsServerConfig {
  path: string;
  listen: ListenAddress;
}

export interface WorkerConfig extends CommonConfig, Servers {
  roles: ReadonlySet<WorkerRole>;
  /** Requests in work at once, which is also the prefetch. */
  concurrency: number;
  metrics: MetricsServerConfig;
}

export interface WebConfig extends CommonConfig, Servers {
  host: string;
  port: number;
  /** Where browsers reach us, without a slash at the end. */
  publicUrl: string;
  authSecret: Hidden<string>;
  /** How many proxies in front of us may be believed about the client's address. */
  trustedProxies: number;
  /** How many calls a program may make in a minute with one access key. */
  accessKeyCallsPerMinute: number;
  /** What phones are told: how to reach us, and by which proxy; without one they go by their domain. */
  phones: { transport: "udp" | "tcp" | "tls"; proxy: string | null };
}

export interface CliConfig extends CommonConfig {
  rabbitmq: Hidden<string> | null;
  redis: RedisConfig | null;
  publicUrl: string;
}

/** All that is wrong with the configuration, one line for each variable; never the value of one. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

export function loadConfig(kind: "worker", env?: Environment, argv?: readonly string[]): WorkerConfig;
export function loadConfig(kind: "web", env?: Environment, argv?: readonly string[]): WebConfig;
export function loadConfig(kind: "cli", env?: Environment, argv?: readonly string[]): CliConfig;
/**
 * Reads a process's configuration: flag over environment over default, where an empty text counts as unset (but an
 * empty SIBLINGS states that there are none). Commands may pass their own arguments too, a worker may not.
 * @throws ConfigError that names every variable that is wrong
 */
export function loadConfig(
  kind: ProcessKind,
  env: Environment = process.env,
  argv: readonly string[] = [],
): WorkerConfig | WebConfig | CliConfig {
  const names = Object.keys(variables[kind]).filter((name) => name !== "NODE_ENV");
  const flags = extractConfigFlags(argv, names);
  const texts: Record<string, string> = {};
  for (const name of [...names, "NODE_ENV"]) {
    const text = flags.values[name] ?? env[name];
    if (text !== undefined && (text !== "" || name === "SIBLINGS")) texts[name] = text;
  }

  const problems = new Map<string, string>();
  for (const name of flags.incomplete) problems.set(name, `the flag --${name.toLowerCase()} has no value`);
  if (kind !== "cli")
    for (const flag of flags.rest) problems.set(flag.split("=", 1)[0] ?? flag, "is not a flag of this command");
  texts.DATABASE_DSN ??= texts.DATABASE_DSN_BIN ?? "";
  if (texts.DATABASE_DSN === "") delete texts.DATABASE_DSN;
  for (const [name, what] of Object.entries(required[kind])) {
    if (texts[name] === undefined) problems.set(name, `is missing; set ${what}`);
  }
  if (texts.NODE_ENV === "production" && texts.SIBLINGS === undefined) {
    problems.set(
      "SIBLINGS",
      "is missing; in production it has to say which siblings exist: a comma list out of agent, billing, webhook, flow, or empty for a stand-alone installation",
    );
  }
  const { values, problems: invalid } = parseVariables(kind, texts);
  for (const [name, reason] of invalid) if (!problems.has(name)) problems.set(name, reason);
  if (values !== undefined) for (const [name, reason] of contradictions(values)) problems.set(name, reason);
  if (values === undefined || problems.size > 0) {
    throw new ConfigError([...problems].map(([name, reason]) => `${name} ${reason}`));
  }
  return toConfig(kind, values);
}

function contradictions(values: Values<ProcessKind>): [string, string][] {
  const { DATABASE_DSN: one, DATABASE_DSN_BIN: other } = values;
  if (one === undefined || other === undefined) return [];
  if (JSON.stringify(one.reveal()) === JSON.stringify(other.reveal())) return [];
  return [["DATABASE_DSN_BIN", "and DATABASE_DSN name different databases; set one of them, or both to the same"]];
}

function toConfig(kind: ProcessKind, values: Values<ProcessKind>): WorkerConfig | WebConfig | CliConfig {
  const common = toCommon(values);
  const redis = toRedis(values);
  const rabbitmq = values.RABBITMQ_ADDRESS ?? null;
  if (kind === "cli")
    return { ...common, rabbitmq, redis, publicUrl: toPublicUrl(values as Values<"cli">) } satisfies CliConfig;
  const servers: Servers = { rabbitmq: present(rabbitmq), redis: present(redis) };
  if (kind === "worker") {
    const worker = values as Values<"worker">;
    return {
      ...common,
      ...servers,
      roles: worker.WORKER_ROLES,
      concurrency: worker.WORKER_CONCURRENCY,
      metrics: { path: worker.PROMETHEUS_ENDPOINT, listen: worker.PROMETHEUS_LISTEN_ADDRESS },
    } satisfies WorkerConfig;
  }
  const web = values as Values<"web">;
  return {
    ...common,
    ...servers,
    host: web.HOST,
    port: web.PORT,
    publicUrl: toPublicUrl(web),
    authSecret: present(web.AUTH_SECRET),
    trustedProxies: web.TRUSTED_PROXIES,
    accessKeyCallsPerMinute: web.ACCESS_KEY_CALLS_PER_MINUTE,
    phones: { transport: web.SIP_TRANSPORT, proxy: web.SIP_PROXY ?? null },
  } satisfies WebConfig;
}

const toPublicUrl = (values: { PUBLIC_URL?: string; PORT: number }): string =>
  values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;

function toCommon(values: Values<ProcessKind>): CommonConfig {
  return {
    production: values.NODE_ENV === "production",
    database: present(values.DATABASE_DSN),
    databaseAsterisk: values.DATABASE_DSN_ASTERISK ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    siblings: values.SIBLINGS ?? new Set(),
    logLevel: values.LOG_LEVEL,
    twilio:
      values.TWILIO_SID === undefined || values.TWILIO_TOKEN === undefined
        ? null
        : { sid: values.TWILIO_SID, token: values.TWILIO_TOKEN },
    telnyx:
      values.TELNYX_TOKEN === undefined
        ? null
        : {
            connectionId: values.TELNYX_CONNECTION_ID ?? "",
            profileId: values.TELNYX_PROFILE_ID ?? "",
            token: values.TELNYX_TOKEN,
            apiUrl: values.TELNYX_API_URL,
          },
    domains: {
      // call-manager knows no others (contract/registrar.md §5)
      extension: values.DOMAIN_NAME_EXTENSION ?? `registrar.${values.PROJECT_BASE_DOMAIN}`,
      trunk: values.DOMAIN_NAME_TRUNK ?? `trunk.${values.PROJECT_BASE_DOMAIN}`,
    },
  };
}

function toRedis(values: Values<ProcessKind>): RedisConfig | null {
  if (values.REDIS_ADDRESS === undefined) return null;
  return { ...values.REDIS_ADDRESS, password: values.REDIS_PASSWORD ?? null, database: values.REDIS_DATABASE };
}

/** For what {@link required} has checked. */
function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("A variable that was checked is missing.");
  return value;
}
