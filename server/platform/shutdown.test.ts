import { afterEach, expect, test } from "vitest";
import { createProbeServer } from "./http";
import { createLogger } from "./logger";
import { createMetrics } from "./metrics";
import { runParts, type Part, type Running } from "./shutdown";

const log = createLogger({ level: "silent", process: "test" });
let running: Running | undefined;
afterEach(() => running?.stop());

/** Parts that write down what happens to them. */
function recorder() {
  const events: string[] = [];
  const part = (name: string, more: Partial<Part> = {}): Part => ({
    name,
    start: () => void events.push(`start ${name}`),
    stop: () => void events.push(`stop ${name}`),
    ...more,
  });
  let exited: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (exited = resolve));
  return { events, part, exit, options: { log, exit: (code: number) => exited(code) } };
}

test("parts start in order and stop in the reverse one, unready from the first moment", async () => {
  const { events, part, exit, options } = recorder();
  const runs = runParts({
    ...options,
    parts: [part("database", { health: () => ({ state: "ok" }) }), part("consumers")],
    onStopping: () => void events.push(`ready ${runs.health().ready}`),
  });
  running = runs;
  expect(runs.health().ready).toBe(false);
  expect(await runs.started()).toBe(true);
  expect(runs.health()).toEqual({ ready: true, parts: { database: { state: "ok" } } });
  process.emit("SIGTERM");
  expect(await exit).toBe(0);
  expect(events).toEqual(["start database", "start consumers", "ready false", "stop consumers", "stop database"]);
});

test("a part that is down makes the process unready, a degraded one does not", async () => {
  const { part, options } = recorder();
  let state: "ok" | "degraded" | "down" = "degraded";
  running = runParts({ ...options, parts: [part("redis", { health: () => ({ state }) })] });
  await running.started();
  expect(running.health().ready).toBe(true);
  state = "down";
  expect(running.health().ready).toBe(false);
});

test("a part that hangs does not hold up the rest beyond the deadline", async () => {
  const { events, part, exit, options } = recorder();
  running = runParts({
    ...options,
    deadlineMs: 50,
    parts: [part("database"), part("hangs", { stop: () => new Promise(() => undefined) })],
  });
  await running.started();
  process.emit("SIGTERM");
  expect(await exit).toBe(1);
  expect(events).toContain("stop database");
});

test("a second signal ends the process at once", async () => {
  const { part, exit, options } = recorder();
  const hanging = runParts({
    ...options,
    deadlineMs: 600_000, // longer than a test may take
    parts: [part("hangs", { stop: () => new Promise(() => undefined) })],
  });
  await hanging.started();
  process.emit("SIGTERM");
  process.emit("SIGTERM");
  expect(await exit).toBe(1);
});

test("when a part cannot start, what had started is stopped and the process fails", async () => {
  const { events, part, exit, options } = recorder();
  running = runParts({
    ...options,
    parts: [
      part("database"),
      part("http", { start: () => Promise.reject(new Error("address in use")) }),
      part("never"),
    ],
  });
  expect(await running.started()).toBe(false);
  expect(await exit).toBe(1);
  expect(events).toEqual(["start database", "stop http", "stop database"]);
});

test("the probes tell live from ready, and metrics are on the path that was asked for", async () => {
  const metrics = createMetrics({ process: "worker" });
  let ready = false;
  const open = async (metricsPath: string) => {
    const server = createProbeServer({
      listen: { host: "127.0.0.1", port: 0 },
      metricsPath,
      metrics,
      live: () => true,
      ready: () => ({ ready, parts: { rabbitmq: { state: ready ? "ok" : "down" } } }),
      log,
    });
    await server.start();
    return {
      server,
      get: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port()}${path}`, init),
    };
  };
  const { server, get } = await open("/figures");
  expect((await get("/live")).status).toBe(200);
  expect((await get("/ready")).status).toBe(503);
  ready = true;
  const response = await get("/ready");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ready: true, parts: { rabbitmq: { state: "ok" } } });
  expect(await (await get("/figures")).text()).toContain("process_cpu_seconds_total");
  expect((await get("/metrics")).status).toBe(404);
  expect((await get("/live", { method: "POST" })).status).toBe(405);
  await server.stop();
  const without = await open("");
  expect((await without.get("/")).status).toBe(404);
  await without.server.stop();
});
