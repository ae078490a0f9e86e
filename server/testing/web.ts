import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { openRedis, type RedisClient } from "@/server/platform/redis";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { createWebServer } from "@/server/platform/web-server";
import { createTrpcHandler } from "@/server/trpc/http/handler";
import { createProgramLimits } from "@/server/trpc/http/program-limits";
import type { TestInstallation } from "./installation";

/** The tRPC part of the web process as it is served, without the pages. */
export interface TestWeb {
  /** `http://127.0.0.1:port` */
  url: string;
  port: number;
  redis: RedisClient;
  /** Open ones. */
  connections(): Promise<number>;
  /** Procedures that were answered, in order. */
  answered: string[];
  close(): Promise<void>;
}

/** @param sessionId of whom a request without an access key is; nobody's by default */
export async function startTestWeb(
  installation: TestInstallation,
  {
    callsPerMinute = 100_000,
    requestTimeoutMs = 30_000,
    sessionId = null,
  }: { callsPerMinute?: number; requestTimeoutMs?: number; sessionId?: string | null } = {},
): Promise<TestWeb> {
  const log = createLogger({ level: "silent", process: "test" });
  const redis = openRedis({ ...testServers().redis, log, timeoutMs: 5_000 });
  await redis.ready(20_000);
  const answered: string[] = [];
  const handler = createTrpcHandler({
    runtime: installation.runtime,
    rest: { health: () => Promise.reject(new Error("not asked for")), siblings: [] },
    limits: createProgramLimits(redis, callsPerMinute),
    readSession: () => Promise.resolve(sessionId),
    readDevice: () => null,
    isSameOrigin: () => true,
    observe: (procedure) => answered.push(procedure),
  });
  const server = createWebServer(
    (request, response) => {
      request.headers["x-request-id"] = randomUUID();
      // Tests are told from each other by an address that they choose.
      request.headers["x-voipbin-address"] = String(request.headers["x-test-address"] ?? "127.0.0.1");
      response.setHeader("x-request-id", request.headers["x-request-id"]);
      void handler(request, response, (request.url ?? "").split("?", 1)[0]?.slice("/api/trpc/".length) ?? "");
    },
    { requestTimeoutMs },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    redis,
    answered,
    connections: promisify(server.getConnections.bind(server)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await redis.close();
    },
  };
}
