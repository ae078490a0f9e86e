import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandoverAttempts } from "@/server/auth/handover-attempts";
import { createSecretBox } from "@/server/auth/secrets";
import { createCustomer } from "@/server/domain/customer";
import { createExtension, createHandover, getHandover } from "@/server/domain/registrar";
import type { Runtime } from "@/server/kernel/context";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { openRedis } from "@/server/platform/redis";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createPhoneHandler, PHONE_PATH } from "./provision";

const ORIGIN = "https://console.example";
const logged: unknown[] = [];
const write = (...line: unknown[]): void => void logged.push(line);
let installation: TestInstallation;
let url = "";
const redis = openRedis({
  ...testServers().redis,
  log: createLogger({ level: "silent", process: "test" }),
  timeoutMs: 5_000,
});
let runtime: Runtime;
const server = createServer((request, response) => {
  request.headers["x-request-id"] = "request";
  request.headers["x-voipbin-address"] = String(request.headers["x-test-address"] ?? "127.0.0.1");
  void createPhoneHandler(runtime)(request, response, (request.url ?? "").slice(PHONE_PATH.length));
});

beforeAll(async () => {
  await redis.ready(20_000);
  installation = await openTestInstallation(
    {
      secrets: createSecretBox("a secret of at least thirty-two characters"),
      handover: { origin: ORIGIN, transport: "udp", proxy: null, attempts: createHandoverAttempts(redis) },
    },
    { sip: true },
  );
  const log = { debug: write, info: write, warn: write, error: write };
  runtime = { ...installation.runtime, log };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await redis.close();
  await installation.drop();
});

async function aHandover(renew = false) {
  const { id: customerId } = await createCustomer(installation.context(), { name: "Meridian", email: anEmail() });
  const { extension, password } = await createExtension(installation.context(), {
    customerId,
    extension: "1001",
    password: "k7Vw-9xTq",
  });
  const made = await createHandover(installation.context(), { id: extension.id, renew });
  return { extension, password, at: (format: keyof typeof made.files) => made.files[format].replace(ORIGIN, url) };
}
/** One that nobody has asked from, in this run or another on the same Redis. */
const anAddress = (): string =>
  `2001:db8:${randomBytes(4)
    .toString("hex")
    .replace(/(?=.{4}$)/, ":")}::1`;

test("one request provisions a phone; the next is told what to do; nothing lingers", async () => {
  for (const [format, type, mark] of [
    ["xml", "application/xml; charset=utf-8", '<entry name="passwd" overwrite="true">'],
    ["txt", "text/plain; charset=utf-8", "Password: "],
    ["sip", "text/plain; charset=utf-8", "sip:1001:"],
  ] as const) {
    const { extension, password, at } = await aHandover();
    const answer = await fetch(at(format), { headers: { "user-agent": "Yealink SIP-T46S" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("x-robots-tag")).toMatch(/noindex/);
    const text = await answer.text();
    expect(text).toContain(mark + password);
    const again = await fetch(at(format));
    expect(again.status).toBe(410);
    expect(await again.text()).toMatch(/works once. Ask/);
    expect(await getHandover(installation.context(), { id: extension.id })).toMatchObject({
      state: "used",
      use: { format, ip: "127.0.0.1", userAgent: "Yealink SIP-T46S" },
    });
  }
});

test("of twenty phones that come at once one is provisioned", async () => {
  const { at } = await aHandover(true);
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(at("txt"))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(410)]);
});

test("looking at an address, or fetching it ahead, does not use it up", async () => {
  const { at } = await aHandover();
  const looks: RequestInit[] = [
    { method: "HEAD" },
    { method: "OPTIONS" },
    { method: "POST" },
    { headers: { "sec-purpose": "prefetch;prerender" } },
    { headers: { purpose: "prefetch" } },
  ];
  for (const init of looks) expect((await fetch(at("xml"), init)).status).toBe(405);
  expect((await fetch(at("xml").replace(/\.xml$/, ".cfg"))).status).toBe(404);
  expect((await fetch(at("xml"))).status).toBe(200);
});

test("a guesser is held up, and nobody beside him", async () => {
  const { at } = await aHandover();
  const headers = { "x-test-address": anAddress() };
  const statuses: number[] = [];
  for (let index = 0; index < 40; index++)
    statuses.push((await fetch(at("xml").replace(/.{4}\.xml$/, "AAAA.xml"), { headers })).status);
  expect(statuses).toEqual([...Array<number>(30).fill(404), ...Array<number>(10).fill(429)]);
  expect((await fetch(at("xml"), { headers })).status).toBe(200);
});

test("one address cannot be asked for without bound", async () => {
  const { at } = await aHandover();
  const statuses: number[] = [];
  for (let index = 0; index < 62; index++) statuses.push((await fetch(at("sip"))).status);
  expect(statuses).toEqual([200, ...Array<number>(59).fill(410), 429, 429]);
});

test("neither address nor password is logged, even where the database fails", async () => {
  const { at, password } = await aHandover();
  const good = runtime;
  runtime = {
    ...good,
    db: {
      select: () => {
        throw new Error("no such table");
      },
    } as never,
  };
  expect((await fetch(at("xml"))).status).toBe(500);
  runtime = good;
  expect((await fetch(at("xml"))).status).toBe(200);
  expect(logged).toHaveLength(1);
  const told = inspect(logged, { depth: 20, maxStringLength: null });
  expect(told).toContain("no such table");
  for (const secret of [password, at("xml").split("/").at(-1)?.slice(0, 20) ?? ""]) expect(told).not.toContain(secret);
});
