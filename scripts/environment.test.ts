import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseDsn, toAmqpUrl, toDsn, withoutPassword } from "./lib/addresses.mjs";
import { lockHolder, tryLock, unlock } from "./lib/lock.mjs";
import { readableLogLine } from "./lib/output.mjs";
import { freePort, isFree, isListening, nextFreePort } from "./lib/ports.mjs";
import { launch, processIdentity } from "./lib/processes.mjs";
import { openSecrets, writeJson } from "./lib/project.mjs";
import { namedByEnvironment } from "./lib/services.mjs";

const dir = mkdtempSync(join(tmpdir(), "voipbin-scripts-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("a taken port is not chosen, and the next free one is found", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isFree(port)).toBe(false);
  await expect.poll(() => isListening(port), { timeout: 20_000 }).toBe(true);
  expect(await nextFreePort(port)).toBeGreaterThan(port);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});

test("ports that were promised are not promised again", async () => {
  const taken = new Set<number>();
  const ports = [await freePort(taken), await freePort(taken), await freePort(taken)];
  expect(new Set(ports).size).toBe(3);
});

test.each([
  [
    "root@tcp(127.0.0.1:3306)/bin_manager",
    { user: "root", password: "", host: "127.0.0.1", port: 3306, database: "bin_manager" },
  ],
  [
    "a:p@ss:w/rd@tcp(db:33)/x?parseTime=true",
    { user: "a", password: "p@ss:w/rd", host: "db", port: 33, database: "x" },
  ],
  ["a:b@tcp([::1]:3307)/x", { user: "a", password: "b", host: "::1", port: 3307, database: "x" }],
  ["mysql://a:p%40ss@db/x", { user: "a", password: "p@ss", host: "db", port: 3306, database: "x" }],
])("the DSN %s is understood", (dsn, parts) => {
  expect(parseDsn(dsn)).toEqual(parts);
});

test("what is no DSN is refused without being shown", () => {
  expect(() => namedByEnvironment({ DATABASE_DSN: "hunter2" })).toThrow(/^DATABASE_DSN is neither/);
  expect(namedByEnvironment({ REDIS_ADDRESS: "cache:6380", REDIS_PASSWORD: "x" })).toEqual({
    redis: { host: "cache", port: 6380, password: "x" },
  });
});

test("addresses survive special characters, and are shown without their password", () => {
  const url = toAmqpUrl({ user: "a", password: "p@/ss", port: 1, vhost: "a/b" });
  expect(url).toBe("amqp://a:p%40%2Fss@127.0.0.1:1/a%2Fb");
  expect(withoutPassword(url)).toBe("amqp://a@127.0.0.1:1/a%2Fb");
  expect(withoutPassword(toDsn({ user: "u", password: "s3:@t", host: "h", port: 1 }, "d"))).toBe("u@tcp(h:1)/d");
});

test("secrets are made once and are readable by their user alone", () => {
  const first = openSecrets(dir).get("auth");
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(openSecrets(dir).get("auth")).toBe(first);
  expect(statSync(join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a lock belongs to one living process, and a dead one's is taken over", () => {
  const path = join(dir, "lock");
  writeJson(path, `${process.pid}@0`);
  expect(lockHolder(path)).toBeUndefined();
  expect(tryLock(path)).toBe(true);
  expect(tryLock(path)).toBe(false);
  expect(lockHolder(path)).toBe(process.pid);
  unlock(path);
  expect(lockHolder(path)).toBeUndefined();
});

test("stopping a child ends its whole process group", async () => {
  const lines: string[] = [];
  const child = launch({
    name: "shell",
    command: "sh",
    args: ["-c", "sleep 60 & echo $!; wait"],
    onLine: (line: string) => void lines.push(line),
  });
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
  await child.stop();
  expect(child.ended()).toBe("ended by SIGTERM");
  await expect.poll(() => processIdentity(Number(lines[0])), { timeout: 20_000 }).toBeUndefined();
});

test("a line of JSON log is shown as text, and anything else as it is", () => {
  const line = JSON.stringify({
    level: "warn",
    time: "2026-01-02T03:04:05Z",
    msg: "slow",
    queue: "q",
    err: { message: "late" },
  });
  expect(readableLogLine(line)).toMatch(/warn\s+slow late .*queue=q/);
  expect(readableLogLine("{ not json")).toBe("{ not json");
});
