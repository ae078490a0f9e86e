import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ConfigError, extractConfigFlags, loadConfig } from ".";

const SERVERS = {
  RABBITMQ_ADDRESS: "amqp://guest:very-secret-1@127.0.0.1:5672",
  DATABASE_DSN: "root:very-secret-2@tcp(127.0.0.1:3306)/bin_manager",
  DATABASE_DSN_ASTERISK: "root:very-secret-3@tcp(127.0.0.1:3306)/asterisk",
  REDIS_ADDRESS: "127.0.0.1:6379",
};

function problemsOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

test("defaults complete the addresses of the three servers", () => {
  const config = loadConfig("worker", SERVERS);
  expect(config.metrics).toEqual({ path: "/metrics", listen: { host: undefined, port: 2112 } });
  expect(config.concurrency).toBe(50);
  expect(config.roles.has("registrar")).toBe(true);
  expect(config.redis.database).toBe(0);
  expect([...config.siblings]).toEqual([]);
  expect(config.database.reveal()).toMatchObject({
    host: "127.0.0.1",
    port: 3306,
    user: "root",
    database: "bin_manager",
  });
});

test("a flag beats the environment, with underscores and with dashes, and an empty variable counts as unset", () => {
  const env = { ...SERVERS, WORKER_CONCURRENCY: "7", REDIS_DATABASE: "", PROMETHEUS_ENDPOINT: "" };
  const config = loadConfig("worker", env, ["--worker_concurrency=9", "--redis-address", "[::1]:6380"]);
  expect(config.concurrency).toBe(9);
  expect(config.redis).toMatchObject({ host: "::1", port: 6380, database: 0 });
  expect(config.metrics.path).toBe("/metrics");
});

test("every problem is named at once, with its remedy and without any value", () => {
  const message = problemsOf(() =>
    loadConfig(
      "worker",
      {
        RABBITMQ_ADDRESS: "http://me:top-secret@host",
        DATABASE_DSN: "root:top-secret@nowhere",
        REDIS_ADDRESS: "top-secret",
        REDIS_DATABASE: "one",
        WORKER_ROLES: "customer,top-secret",
        DOMAIN_NAME_TRUNK: "top_secret!",
        PROMETHEUS_LISTEN_ADDRESS: ":99999",
      },
      ["--top-secret-flag=top-secret"],
    ),
  );
  for (const name of [
    "RABBITMQ_ADDRESS",
    "DATABASE_DSN",
    "REDIS_ADDRESS",
    "REDIS_DATABASE",
    "WORKER_ROLES",
    "DOMAIN_NAME_TRUNK",
    "PROMETHEUS_LISTEN_ADDRESS",
  ]) {
    expect(message).toContain(`  ${name} is not`);
  }
  expect(message.replace("--top-secret-flag", "")).not.toMatch(/top.secret/);
});

test("what is missing is named", () => {
  const message = problemsOf(() => loadConfig("web", {}));
  for (const name of ["RABBITMQ_ADDRESS", "DATABASE_DSN", "REDIS_ADDRESS", "AUTH_SECRET"])
    expect(message).toContain(`${name} is missing`);
  expect(problemsOf(() => loadConfig("web", { ...SERVERS, AUTH_SECRET: "short" }))).toContain(
    "AUTH_SECRET is too short",
  );
});

test("production has to say which siblings exist, and may say none", () => {
  const production = { ...SERVERS, NODE_ENV: "production" };
  expect(problemsOf(() => loadConfig("worker", production))).toContain("SIBLINGS is missing");
  expect(loadConfig("worker", { ...production, SIBLINGS: "" }).siblings.size).toBe(0);
  expect([...loadConfig("worker", { ...production, SIBLINGS: "agent, billing" }).siblings]).toEqual([
    "agent",
    "billing",
  ]);
});

test("either name of the bin_manager address will do, and both have to agree", () => {
  const { DATABASE_DSN, ...rest } = SERVERS;
  expect(loadConfig("worker", { ...rest, DATABASE_DSN_BIN: DATABASE_DSN }).database.reveal().database).toBe(
    "bin_manager",
  );
  expect(
    loadConfig("worker", {
      ...SERVERS,
      DATABASE_DSN_BIN: "mysql://root:very-secret-2@127.0.0.1:3306/bin_manager",
    }).database.reveal().database,
  ).toBe("bin_manager");
  expect(problemsOf(() => loadConfig("worker", { ...SERVERS, DATABASE_DSN_BIN: `${DATABASE_DSN}2` }))).toContain(
    "DATABASE_DSN_BIN and DATABASE_DSN name different databases",
  );
});

test("a configuration can be printed without giving a secret away", () => {
  const config = loadConfig("web", {
    ...SERVERS,
    AUTH_SECRET: "very-secret-3-".repeat(3),
    REDIS_PASSWORD: "very-secret-4",
    TELNYX_TOKEN: "very-secret-5",
  });
  expect(JSON.stringify(config) + inspect(config, { depth: 9 }) + String(config.authSecret)).not.toContain(
    "very-secret",
  );
  expect(config.authSecret.reveal()).toContain("very-secret-3");
});

test("a command needs the database alone, and keeps its own arguments", () => {
  expect(loadConfig("cli", { DATABASE_DSN: SERVERS.DATABASE_DSN }, ["customer", "get", "--id", "1"])).toMatchObject({
    rabbitmq: null,
    redis: null,
  });
  expect(extractConfigFlags(["customer", "--database_dsn", "x", "get", "--id", "1"], ["DATABASE_DSN"])).toEqual({
    values: { DATABASE_DSN: "x" },
    rest: ["customer", "get", "--id", "1"],
    incomplete: [],
  });
});
