import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import next from "next";
import { closeDatabase, openDatabase } from "@/db/client";
import { clientAddress } from "./auth/address";
import { createAttemptLimiter } from "./auth/attempts";
import { isOwnRequest, isPlainRemote, securityHeaders } from "./auth/browser-security";
import { cookieValue, deviceCookieName, readSessionId, sessionCookieName } from "./auth/cookies";
import { createHandoverAttempts } from "./auth/handover-attempts";
import { argon2Passwords } from "./auth/passwords";
import { createSecretBox } from "./auth/secrets";
import {
  createRuntime,
  meteredTransport,
  NUDGE_CHANNEL,
  openAsterisk,
  processName,
  shownDeadLetters,
} from "./container";
import { createRegistrationWatch } from "./domain/registrar";
import { createHealthMonitor } from "./health";
import { sendCsv } from "./export/csv";
import { receiveImport } from "./import/receive";
import type { Context } from "./kernel/context";
import { toDomainError } from "./kernel/errors";
import { createChangeHub } from "./live/hub";
import { createLiveStream } from "./live/stream";
import { createPhoneHandler, guardSecret, PHONE_PATH } from "./phone/provision";
import { openAmqp } from "./platform/amqp";
import { loadConfig } from "./platform/config";
import { exportWebEnvironment } from "./platform/config/next-auth-environment";
import { createLogger } from "./platform/logger";
import { createMetrics } from "./platform/metrics";
import { openRedis } from "./platform/redis";
import { runParts } from "./platform/shutdown";
import { createWebServer } from "./platform/web-server";
import { createPresence } from "./presence";
import { registerWebProcess } from "./process-registry";
import { ROUTES, routeOf, type RoutePath } from "./routes";
import { createTrpcContext } from "./trpc/context";
import { toTrpcError } from "./trpc/init";
import { createTrpcHandler } from "./trpc/http/handler";
import { createProgramLimits } from "./trpc/http/program-limits";

const TRPC_PATH = "/api/trpc/";
const IMPORT_PATH = "/api/import/";
const EXPORT_PATH = "/api/export/";

const config = loadConfig("web");
exportWebEnvironment(config);
const log = createLogger({ level: config.logLevel, process: "web" });
const name = processName("web");
const db = openDatabase(config.database.reveal(), { size: config.databasePoolSize });
const asterisk = openAsterisk(config, config.databasePoolSize);
const metrics = createMetrics({ process: "web" });
const redis = openRedis({ ...config.redis, log, onLookup: metrics.countCacheLookup });
const amqp = openAmqp({ address: config.rabbitmq.reveal(), name, log });
const siblings = [...config.siblings];
const authSecret = config.authSecret.reveal();
const nudge = (): void => void redis.publish(NUDGE_CHANNEL, "");
const changes = createChangeHub(redis, log);
const live = createLiveStream({ hub: changes });
const registrations =
  asterisk === null
    ? null
    : createRegistrationWatch({ asterisk, log, tell: changes.tell, isWanted: () => live.count() > 0 });
const runtime = createRuntime({
  db,
  asterisk,
  cache: redis,
  log,
  config,
  transport: meteredTransport(amqp, metrics.service("customer-manager")),
  countSip: (success) => metrics.service("registrar-manager").countSuccess(success),
  nudgeRelay: nudge,
  nudgeJobs: nudge,
  announce: changes.announce,
  passwords: argon2Passwords,
  signInAttempts: createAttemptLimiter(redis.client),
  secrets: createSecretBox(authSecret),
  relyingParty: {
    id: new URL(config.publicUrl).hostname,
    origin: new URL(config.publicUrl).origin,
    name: "VoIPbin Admin",
  },
  handover: {
    origin: new URL(config.publicUrl).origin,
    ...config.phones,
    attempts: createHandoverAttempts(redis),
  },
  deadLetters: shownDeadLetters(amqp),
});
const servePhone = createPhoneHandler(runtime);
const health = createHealthMonitor({ runtime, amqp, redis, siblings });
const presence = createPresence({ db, log, kind: "web", name, roles: [] });
const secureCookies = config.publicUrl.startsWith("https://");
const headers = securityHeaders(config.publicUrl);
if (isPlainRemote(config.publicUrl))
  log.warn({ publicUrl: config.publicUrl }, "PUBLIC_URL is plain http: passwords cross the network in the clear");
const build = config.production ? readFileSync(".next/BUILD_ID", "utf8").trim() : "development";
registerWebProcess({
  runtime,
  health,
  siblings,
  build,
  authSecret,
  secureCookies,
  trustedProxies: config.trustedProxies,
});

const readSession = ({ headers }: IncomingMessage): Promise<string | null> =>
  readSessionId(cookieValue(headers.cookie, sessionCookieName(secureCookies)), authSecret);
const serveTrpc = createTrpcHandler({
  runtime,
  rest: { health, siblings },
  limits: createProgramLimits(redis, config.accessKeyCallsPerMinute),
  readSession,
  readDevice: ({ headers }) => cookieValue(headers.cookie, deviceCookieName(secureCookies)) ?? null,
  isSameOrigin: isOwn,
  observe: metrics.observeTrpc,
});

const closeDatabases = async (): Promise<void> =>
  void (await Promise.all([db, asterisk].map((each) => each && closeDatabase(each))));

const pages = next({ dev: !config.production, hostname: config.host, port: config.port, quiet: config.production });
let ready = false;

const server = createWebServer((request, response) => {
  const started = performance.now();
  prepare(request, response);
  response.on("finish", () =>
    metrics.observeHttp(labelOf(request), request.method ?? "", response.statusCode, performance.now() - started),
  );
  serve(request, response).catch((error: unknown) => {
    log.error({ err: error, requestId: request.headers["x-request-id"] }, "request failed");
    if (!response.headersSent)
      response.writeHead(500, { "content-type": "text/plain" }).end("Something failed on our side.");
    else response.destroy();
  });
});

/** Headers of ours cannot be sent by a client; they are written here and nowhere else. */
function prepare(request: IncomingMessage, response: ServerResponse): void {
  const requestId = randomUUID();
  request.headers["x-request-id"] = requestId;
  request.headers["x-voipbin-address"] = clientAddress(
    request.socket.remoteAddress,
    header(request, "x-forwarded-for"),
    config.trustedProxies,
  );
  response.setHeader("x-request-id", requestId);
  response.setHeader("x-voipbin-build", build);
  for (const [name, value] of headers) response.setHeader(name, value);
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const say = (response: ServerResponse, status: number, text: string): void =>
  void response.writeHead(status, { "content-type": "text/plain" }).end(text);

/** Next tells strangers from signed-in people itself: proxy.ts and trpc/caller.ts, by the same table. */
const servePage: Handler = (request, response) => pages.getRequestHandler()(request, response);

/** What answers at each address: there is none without an entry that says who may ask. */
const HANDLERS: Record<RoutePath, Handler> = {
  "/api/trpc/*": (request, response) => serveTrpc(request, response, pathOf(request).slice(TRPC_PATH.length)),
  "/api/live": (_, response) => say(response, 200, "live"),
  "/api/ready": (_, response) => say(response, ready ? 200 : 503, ready ? "ready" : "not ready"),
  "/api/metrics": serveMetrics,
  "/api/events": serveEvents,
  "/api/export/*": serveExport,
  "/api/import/*": serveImport,
  "/api/auth/*": servePage,
  "/_next/*": servePage,
  "/icon.svg": servePage,
  "/sign-in": servePage,
  "/setup": servePage,
  "/phone": (request, response) => {
    guardSecret(response);
    return servePage(request, response);
  },
  "/phone/*": (request, response) => servePhone(request, response, pathOf(request).slice(PHONE_PATH.length)),
  "/*": servePage,
};

/** Who sends a browser's request, as he is now; null for a stranger. */
async function whoAsks(request: IncomingMessage, unattended = false): Promise<Context | null> {
  const { known, ctx } = await createTrpcContext(
    runtime,
    {
      sessionId: await readSession(request),
      token: null,
      idempotencyKey: null,
      requestId: header(request, "x-request-id"),
      ip: header(request, "x-voipbin-address") ?? "",
      userAgent: header(request, "user-agent") ?? "",
      unattended,
    },
    { health, siblings },
  );
  return known ? ctx : null;
}

async function serveEvents(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const age = Number(new URL(request.url ?? "/", "http://localhost").searchParams.get("age"));
  await live.open(response, () => whoAsks(request, true), age >= 0 ? age : 0);
}

async function serveExport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const ctx = await whoAsks(request);
  if (ctx === null) return say(response, 401, "Sign in first.");
  const { pathname, searchParams } = new URL(request.url ?? "/", config.publicUrl);
  const gzip = /\bgzip\b/.test(header(request, "accept-encoding") ?? "");
  const name = pathname.slice(EXPORT_PATH.length);
  try {
    await sendCsv(ctx, { name, query: searchParams, gzip }, response);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const failure = toDomainError(error);
    if (failure.code === "INTERNAL") throw error;
    say(response, getHTTPStatusCodeFromError(toTrpcError(failure)), failure.message);
  }
}

async function serveImport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const ctx = await whoAsks(request);
  if (ctx === null) return say(response, 401, "Sign in first.");
  if (request.method !== "POST") return say(response, 405, "Send the file by POST.");
  const { pathname, searchParams } = new URL(request.url ?? "/", config.publicUrl);
  const sayJson = (status: number, body: object): void =>
    void response
      .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
      .end(JSON.stringify(body));
  try {
    const name = pathname.slice(IMPORT_PATH.length);
    sayJson(200, await receiveImport(ctx, { name, query: searchParams, body: request }));
  } catch (error) {
    const failure = toDomainError(error);
    if (failure.code === "INTERNAL") throw error;
    const { code, reason, message } = failure;
    sayJson(getHTTPStatusCodeFromError(toTrpcError(failure)), { code, reason, message, requestId: ctx.requestId });
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = routeOf(pathOf(request));
  if (ROUTES[route].kind === "machine" && !isFromMachine(request)) return void response.writeHead(404).end();
  // Programs may call procedures from anywhere: what they send, nobody can be made to send unawares.
  if (route !== "/api/trpc/*" && !isOwn(request)) return say(response, 403, "This request comes from another site.");
  await HANDLERS[route](request, response);
}

function isOwn(request: IncomingMessage): boolean {
  const source = {
    method: request.method ?? "GET",
    origin: header(request, "origin"),
    secFetchSite: header(request, "sec-fetch-site"),
    host: request.headers.host,
  };
  return isOwnRequest(source, config.publicUrl);
}

async function serveMetrics(_: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": metrics.contentType }).end(await metrics.text());
}

/** From the machine's own network, not through a proxy. */
const isFromMachine = (request: IncomingMessage): boolean =>
  header(request, "x-forwarded-for") === undefined && isPrivate(request.socket.remoteAddress ?? "");

const isPrivate = (address: string): boolean =>
  /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/.test(address);

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

/** The name of an address in the figures: an entry of the table, and one name for all pages. */
const labelOf = (request: IncomingMessage): string => {
  const route = routeOf(pathOf(request));
  return ROUTES[route].kind === "session" ? "page" : route;
};

runParts({
  log,
  parts: [
    { name: "database", start: () => undefined, stop: closeDatabases },
    { name: "redis", start: () => undefined, stop: () => redis.close() },
    {
      name: "rabbitmq",
      start: () => undefined,
      stop: () => amqp.close(),
    },
    { name: "presence", start: () => presence.start(), stop: () => presence.stop() },
    { name: "registrations", start: () => registrations?.start(), stop: () => registrations?.stop() },
    { name: "pages", start: () => pages.prepare(), stop: () => pages.close() },
    {
      name: "http",
      start: () =>
        new Promise<void>((resolve, reject) => {
          server.once("error", reject);
          server.listen(config.port, config.host, () => {
            ready = true;
            log.info({ address: `http://${config.host}:${config.port}` }, "the console is ready");
            resolve();
          });
        }),
      stop: () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    },
    // Last, so that it stops first: an open stream would hold up the server's end.
    { name: "live", start: () => undefined, stop: () => live.stop() },
  ],
  onStopping: () => (ready = false),
});
