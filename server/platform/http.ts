import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ListenAddress } from "./config";
import type { Health } from "./health";
import type { Logger } from "./logger";
import type { Metrics } from "./metrics";

export interface ProbeServerOptions {
  listen: ListenAddress;
  /** Where the figures are; empty = nowhere. */
  metricsPath: string;
  metrics: Pick<Metrics, "text" | "contentType">;
  /** Whether the process makes progress at all; one that does not is to be restarted. */
  live(): boolean;
  /** Whether it can do its work at the moment. */
  ready(): Health;
  log: Logger;
}

export interface ProbeServer {
  /** @throws when the address is taken */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The port that it listens on. */
  port(): number;
}

/** The worker's own web server: figures, `/live` and `/ready`, for machines inside the installation. */
export function createProbeServer({ listen, metricsPath, metrics, live, ready, log }: ProbeServerOptions): ProbeServer {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, "A probe could not be answered");
      if (!response.headersSent) send(response, 500, "text/plain; charset=utf-8", "Something failed on our side.\n");
      else response.destroy();
    });
  });
  server.requestTimeout = 5_000;
  server.headersTimeout = 5_000;
  server.maxConnections = 200;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, 405, "text/plain; charset=utf-8", "GET only.\n");
    if (path === "/live") return sendJson(response, live() ? 200 : 503, { live: live() });
    if (path === "/ready") {
      const health = ready();
      return sendJson(response, health.ready ? 200 : 503, health);
    }
    if (metricsPath !== "" && path === metricsPath)
      return send(response, 200, metrics.contentType, await metrics.text());
    send(response, 404, "text/plain; charset=utf-8", "There is nothing here.\n");
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(listen.port, listen.host, () => {
          server.off("error", reject);
          server.on("error", (error) => log.error({ err: error }, "The probe server failed"));
          resolve();
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    port: () => (server.address() as AddressInfo | null)?.port ?? listen.port,
  };
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response
    .writeHead(status, {
      "content-type": contentType,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
    })
    .end(body);
}

const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, "application/json", `${JSON.stringify(body)}\n`);
