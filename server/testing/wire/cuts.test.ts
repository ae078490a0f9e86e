import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { parseMysqlDsn } from "@/db/dsn";
import { anEmail } from "@/server/testing/installation";
import { startCommitCutter, type Cut } from "./commit-cutter";
import { createDeliverer } from "./deliveries";
import { idOf, installationWithOtherWays } from "./other-ways";

const { installation, closing, throughPort } = installationWithOtherWays();
const hex = (id: string): string => id.replaceAll("-", "");

describe("a database that is cut off in the middle of commits", () => {
  test("is never answered for untruly, over hundreds of attempts at each moment", async () => {
    const cutter = await startCommitCutter(parseMysqlDsn(installation().url));
    closing(() => cutter.close());
    const { runtime } = throughPort(cutter.port);
    const deliver = createDeliverer(runtime);
    const moments: readonly Cut[] = ["never", "before it is sent", "after it is sent", "after its answer"];
    let commits = 0;
    cutter.decide = () => moments[commits++ % moments.length] ?? "never";

    const answers = new Map<string, { status: number; id: string | null }>();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 50; i++) {
          const email = anEmail();
          const { status_code = 0, data } = await deliver("POST", "/v1/customers", { email });
          answers.set(email, { status: status_code, id: status_code === 200 ? idOf({ data }) : null });
        }
      }),
    );
    const rows = await installation().rows<{ email: string; id: string; told: number }>(
      `select email, lower(hex(id)) as id,
              (select count(*) from admin_outbox where body like concat('%', email, '%')) as told
       from customer_customers where email like '%@test.example'`,
    );
    const stored = new Map(rows.map((row) => [row.email, row]));
    expect(stored.size).toBe(rows.length);
    expect(rows.filter((row) => Number(row.told) !== 1)).toEqual([]);
    const untrue = [...answers].filter(([email, { status, id }]) =>
      status === 200 ? stored.get(email)?.id !== hex(id ?? "") : stored.has(email),
    );
    expect(untrue).toEqual([]);
    expect(new Set([...answers.values()].map(({ status }) => status)).size).toBeLessThanOrEqual(2); // 200 and 503
    expect(cutter.cuts()).toBeGreaterThan(200);
  });
});

describe("a request that is delivered again", () => {
  test.each([
    ["PUT", (id: string) => `/v1/customers/${id}`, { name: "again" }, "customer_updated"],
    [
      "PUT",
      (id: string) => `/v1/customers/${id}/billing_account_id`,
      { billing_account_id: randomUUID() },
      "customer_updated",
    ],
    ["DELETE", (id: string) => `/v1/customers/${id}`, undefined, "customer_deleted"],
  ])("%s says what it said, and its event is not repeated", async (method, uri, data, type) => {
    const deliver = createDeliverer(installation().runtime);
    const id = idOf(await deliver("POST", "/v1/customers", { email: anEmail() }));
    const correlationId = randomUUID();
    const first = await deliver(method, uri(id), data, { correlationId });
    // Meanwhile somebody else changes the record: the repeat must neither undo that nor speak of it.
    await deliver("PUT", `/v1/customers/${id}`, { name: "meanwhile" });
    for (const redelivered of [true, false]) {
      const again = await deliver(method, uri(id), data, { correlationId, redelivered });
      expect(again).toMatchObject({ status_code: 200, data: first.data });
    }
    const told = await installation().rows<{ count: number }>(
      "select count(*) as count from admin_outbox where type = ? and body like ? and body not like '%meanwhile%'",
      [type, `%${id}%`],
    );
    expect(Number(told[0]?.count)).toBe(1);
  });

  test("an access key comes with the token that it came with at first, which is kept nowhere in clear", async () => {
    const deliver = createDeliverer(installation().runtime);
    const customerId = idOf(await deliver("POST", "/v1/customers", { email: anEmail() }));
    const correlationId = randomUUID();
    const data = { customer_id: customerId, name: "twice" };
    const first = await deliver("POST", "/v1/accesskeys", data, { correlationId });
    const again = await deliver("POST", "/v1/accesskeys", data, { correlationId, redelivered: true });
    expect(again.data).toEqual(first.data);
    const { token } = first.data as { token: string };
    for (const table of ["customer_accesskeys", "admin_outbox", "admin_audit", "admin_receipts"]) {
      const rows = await installation().rows<object>(`select * from ${table}`);
      expect(JSON.stringify(rows)).not.toContain(token);
      expect(
        rows.some((row) => Object.values(row).some((value) => Buffer.isBuffer(value) && value.includes(token))),
      ).toBe(false);
    }
  });
});

test("a key that is revoked in one process fails in another within a second", async () => {
  const here = createDeliverer(installation().runtime);
  const there = createDeliverer(throughPort(parseMysqlDsn(installation().url).port).runtime);
  const customerId = idOf(await here("POST", "/v1/customers", { email: anEmail() }));
  const check = async (token: string): Promise<number> =>
    ((await there("GET", "/v1/accesskeys?page_size=10", { token, deleted: false })).data as unknown[]).length;
  const revocations: [string, (id: string) => Promise<unknown>][] = [
    ["revoked", (id) => here("DELETE", `/v1/accesskeys/${id}`)],
    ["its customer deleted", () => here("DELETE", `/v1/customers/${customerId}`)],
  ];
  for (const [how, revoke] of revocations) {
    const { id, token } = (await here("POST", "/v1/accesskeys", { customer_id: customerId })).data as {
      id: string;
      token: string;
    };
    expect(await check(token), how).toBe(1); // known over there from now on
    await revoke(id);
    const revoked = performance.now();
    for (let asked = revoked; (await check(token)) > 0; asked = performance.now()) {
      expect(asked - revoked, how).toBeLessThan(1_000);
      await sleep(20);
    }
  }
});
