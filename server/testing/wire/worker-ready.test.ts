import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseMysqlDsn } from "@/db/dsn";
import type { Health } from "@/server/platform/health";
import { testServers } from "@/server/platform/config/test-servers";
import { openTestInstallation, type TestInstallation } from "../installation";
import { freePort } from "../ports";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy";
import { bundle, type Bundles } from "./bundle";
import { startProcess, type TestProcess } from "./process";

let installation: TestInstallation;
let bundles: Bundles;
let proxy: TcpProxy;
let worker: TestProcess;
let port: number;

beforeAll(async () => {
  [installation, bundles] = await Promise.all([
    openTestInstallation({}, { sip: true }),
    bundle({ "worker.mjs": "server/worker.ts" }),
  ]);
  port = await freePort();
  const asterisk = new URL(`${installation.url}_asterisk`);
  proxy = await startTcpProxy(parseMysqlDsn(asterisk.href));
  asterisk.host = `127.0.0.1:${proxy.port}`;
  const { rabbitmq, redis } = testServers();
  worker = startProcess(bundles.path("worker.mjs"), {
    ...process.env,
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    DATABASE_DSN: installation.url,
    DATABASE_DSN_BIN: "",
    DATABASE_DSN_ASTERISK: asterisk.href,
    RABBITMQ_ADDRESS: rabbitmq,
    REDIS_ADDRESS: `${redis.host}:${redis.port}`,
    REDIS_PASSWORD: redis.password?.reveal() ?? "",
    REDIS_DATABASE: String(redis.database),
    PROMETHEUS_LISTEN_ADDRESS: `127.0.0.1:${port}`,
    SIBLINGS: "",
    WORKER_ROLES: "relay", // it takes no requests: those are other tests'
  });
});
afterAll(async () => {
  await worker?.stop();
  await proxy?.close();
  bundles?.remove();
  await installation?.drop();
});

async function probe(): Promise<{ status: number; health: Health }> {
  const response = await fetch(`http://127.0.0.1:${port}/ready`);
  return { status: response.status, health: (await response.json()) as Health };
}
const until = (check: () => Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 60_000, interval: 100 }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${worker.output()}`);
  });

test("a worker without Asterisk's database is ready, says that it is degraded, and that it is well again", async () => {
  const is = (state: string) => async (): Promise<void> =>
    expect(await probe()).toMatchObject({ status: 200, health: { ready: true, parts: { asterisk: { state } } } });
  await until(is("ok"));
  for (const vanish of [proxy.refuse, proxy.stall]) {
    vanish();
    await until(is("degraded"));
    expect((await fetch(`http://127.0.0.1:${port}/live`)).status).toBe(200);
    proxy.cut();
    proxy.resume();
    await until(is("ok"));
  }
}, 300_000);
