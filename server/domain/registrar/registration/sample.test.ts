import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addSeconds } from "@/server/kernel/clock";
import type { Context, Runtime } from "@/server/kernel/context";
import { addContact, endpointOf } from "@/server/testing/contacts";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createExtension } from "../extension/create";
import { acknowledgeRegistrationAlarm, listRegistrationAlarms } from "./alarms";
import { registrationHistory, registrationsOverTime } from "./history";
import { sampleRegistrations } from "./sample";

let installation: TestInstallation;
let ctx: Context;
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  ctx = installation.context();
});
afterAll(() => installation.drop());
beforeEach(async () => {
  await installation.asteriskRows("delete from ps_contacts");
  for (const table of ["states", "changes", "samples", "totals", "alarms"])
    await installation.rows(`delete from admin_registration_${table}`);
});

const START = new Date().toISOString().slice(0, 17).replace("T", " ") + "30.000000";
/** The world some minutes later, for the sampler alone: Asterisk's clock goes on as it is. */
const later = (minutes: number): Runtime => ({ ...installation.runtime, now: () => addSeconds(START, minutes * 60) });
const sample = (minutes: number) => sampleRegistrations(later(minutes));
const remove = (id: string) => installation.asteriskRows("delete from ps_contacts where id = ?", [id]);
const at = (minutes: number): Context => ({ ...ctx, now: later(minutes).now });

test("samples show when a number came and went, and that nobody looked in between", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(ctx, { customerId, extension: "1001", password: "correct-horse-7" });
  const id = await addContact(installation, { endpoint: extension.endpointId });
  const first = await sample(0);
  expect(first).toMatchObject({ registered: 1, ups: [extension.endpointId], downs: [], alarms: [] });
  await sample(1);
  await remove(id);
  expect(await sample(2)).toMatchObject({ registered: 0, ups: [], downs: [extension.endpointId] });
  await sample(3);
  await addContact(installation, { endpoint: extension.endpointId });
  await sample(30);

  const strip = await registrationHistory(at(30), { id: extension.id });
  expect(strip.parts.map(({ state, from, to }) => [state, Math.round((to - from) / 60_000)]).slice(1)).toEqual([
    ["up", 2],
    ["down", 2],
    ["unknown", 26],
    ["up", 1],
  ]);
  expect(strip.interruptions).toBe(1);
  const { points } = await registrationsOverTime(at(30), { customerId });
  expect(Math.max(...points.map(({ registered }) => registered ?? 0))).toBe(1);
  const foreign = installation.context({ tenant: { all: false, customerId: randomUUID() } });
  await expect(registrationHistory(foreign, { id: extension.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await registrationsOverTime({ ...foreign, now: at(30).now }, { customerId })).points).toEqual([]);
});

test("a day's picture has the day before beside it, of all customers or of one", async () => {
  const customerId = randomUUID();
  const hex = customerId.replaceAll("-", "");
  const past = (hours: number): string => addSeconds(START, -hours * 3_600);
  for (const [hours, all, one] of [
    [40, 90, null], // within the day before
    [30, 80, 8],
    [6, 70, 7],
  ] as const) {
    await installation.rows("insert into admin_registration_samples (tm, registered, tm_until) values (?, ?, ?)", [
      past(hours),
      all,
      past(hours),
    ]);
    if (one !== null)
      await installation.rows(
        "insert into admin_registration_totals (customer_id, tm, registered) values (unhex(?), ?, ?)",
        [hex, past(hours), one],
      );
  }
  const known = async (input: { span: "day" | "week"; customerId?: string }) => {
    const { step, points } = await registrationsOverTime(at(0), input);
    const end = (points.at(-1)?.at ?? 0) + step;
    return points
      .filter(({ registered, dayBefore }) => registered !== null || dayBefore !== null)
      .map(({ at: moment, registered, dayBefore }) => [Math.round((end - moment) / 3_600_000), registered, dayBefore]);
  };
  expect(await known({ span: "day" })).toEqual([
    [16, null, 90],
    [6, 70, 80],
  ]);
  expect(await known({ span: "day", customerId })).toEqual([
    [16, null, 0],
    [6, 7, 8],
  ]);
  expect((await known({ span: "week" })).map(([, ...counts]) => counts)).toEqual([
    [90, null],
    [80, null],
    [70, null],
  ]);
});

test("of two workers one looks, and only once a minute", async () => {
  await addContact(installation, { endpoint: endpointOf("1001", randomUUID()) });
  const both = await Promise.all([sample(0), sample(0), sample(0)]);
  expect(both.filter((each) => each !== null)).toHaveLength(1);
  expect(await sample(0)).toBeNull();
  expect(await installation.rows("select * from admin_registration_changes")).toHaveLength(1);
});

test("a sampler that dies at any of its statements leaves nothing half done, and the next goes on", async () => {
  const customerId = randomUUID();
  const id = await addContact(installation, { endpoint: endpointOf("1001", customerId) });
  await sample(0);
  await remove(id);
  await addContact(installation, { endpoint: endpointOf("2002", customerId) });
  const state = () =>
    installation.rows(
      "select endpoint, is_up, (select count(*) from admin_registration_changes) as n from admin_registration_states order by endpoint",
    );
  const before = await state();
  let died = 0;
  for (let statement = 1; ;) {
    const result = await sampleRegistrations(dyingAfter(later(1), statement)).catch(() => "died");
    if (result === null) continue; // the server has not let go yet of what the dead one held
    if (result !== "died") break;
    statement++;
    died++;
    expect(await state()).toEqual(before);
  }
  expect(died).toBeGreaterThan(8);
  expect((await state()).length).toBe(2);
  expect(await installation.rows("select * from admin_registration_changes")).toHaveLength(3);
});

/** A runtime whose connection to bin is cut after so many statements. */
function dyingAfter(runtime: Runtime, statements: number): Runtime {
  const client = new Proxy(runtime.db.$client, {
    get(pool, key) {
      if (key !== "getConnection") return Reflect.get(pool, key) as unknown;
      return (callback: (error: Error | null, connection: unknown) => void) =>
        pool.getConnection((error, connection) => {
          let left = statements;
          callback(
            error,
            new Proxy(connection, {
              get(target, name) {
                if (name !== "query") {
                  const value = Reflect.get(target, name) as unknown;
                  return typeof value === "function" ? value.bind(target) : value;
                }
                return (...args: unknown[]) => {
                  if (--left < 0) {
                    target.destroy();
                    (args.at(-1) as (error: Error) => void)(new Error("killed"));
                    return;
                  }
                  (target.query as (...all: unknown[]) => unknown)(...args);
                };
              },
            }),
          );
        });
    },
  });
  return {
    ...runtime,
    db: new Proxy(runtime.db, { get: (db, key) => (key === "$client" ? client : Reflect.get(db, key)) }),
  };
}

test("an account in a new network raises one alarm, which its own customer may acknowledge, and nobody else's", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(ctx, { customerId, extension: "1001", password: "correct-horse-7" });
  const endpoint = extension.endpointId;
  await addContact(installation, { endpoint, address: "198.51.100.7:5062" });
  await sample(0);
  await addContact(installation, { endpoint, address: "198.51.100.7:40404" });
  expect((await sample(1))?.alarms).toEqual([]);
  await addContact(installation, { endpoint, address: "203.0.113.5:5060" });
  expect((await sample(2))?.alarms).toHaveLength(1);
  expect((await sample(3))?.alarms).toEqual([]);

  const own = installation.context({ tenant: { all: false, customerId } });
  const other = installation.context({ tenant: { all: false, customerId: randomUUID() } });
  const [alarm] = (await listRegistrationAlarms(own, { filter: { extensionId: extension.id } })).items;
  expect(alarm).toMatchObject({ kind: "network", before: "198.51.100.0/24", after: "203.0.113.0/24", times: 1 });
  expect((await listRegistrationAlarms(other, {})).items).toEqual([]);
  const { id } = alarm ?? { id: "" };
  await expect(acknowledgeRegistrationAlarm(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await acknowledgeRegistrationAlarm(own, { id });
  await acknowledgeRegistrationAlarm(own, { id });
  expect((await listRegistrationAlarms(own, {})).items).toEqual([]);
  expect((await listRegistrationAlarms(own, { filter: { acknowledged: true } })).items).toHaveLength(1);
  expect(await installation.rows("select action from admin_audit where resource_id = ?", [id])).toEqual([
    { action: "registration-alarm.acknowledge" },
  ]);
});

test("of a phone behind NAT the network is that in which the proxy saw it, and two behind one NAT are told apart", async () => {
  const endpoint = endpointOf("1001", randomUUID());
  const turn = async (minute: number, address: string, seenAt: string) => {
    await installation.asteriskRows("delete from ps_contacts");
    await addContact(installation, { endpoint, address, seenAt });
    await sample(minute);
    return (await listRegistrationAlarms(ctx, {})).items.map(({ kind, after }) => [kind, after]);
  };
  expect(await turn(0, "192.168.1.20:5060", "198.51.100.7:41000")).toEqual([]);
  expect(await turn(1, "192.168.1.20:5060", "198.51.100.7:52000")).toEqual([]);
  const moved = [["network", "203.0.113.0/24"]];
  expect(await turn(2, "192.168.1.20:5060", "203.0.113.9:41000")).toEqual(moved);
  for (const [i, host] of ["192.168.1.21", "192.168.1.20", "192.168.1.21"].entries())
    expect(await turn(3 + i, `${host}:5060`, "203.0.113.9:41000")).toEqual(
      i < 2 ? moved : [["fight", "203.0.113.9 192.168.1.21 TestUA/1.0"], ...moved],
    );
});

test("two phones that fight are one alarm that counts their turns, and another one after somebody has seen it", async () => {
  const endpoint = endpointOf("1001", randomUUID());
  let minute = 0;
  const turn = async (host: string) => {
    await installation.asteriskRows("delete from ps_contacts");
    await addContact(installation, { endpoint, address: `${host}:5060`, userAgent: "Desk phone" });
    return (await sample(minute++))?.alarms ?? [];
  };
  const [first, second] = ["198.51.100.7", "198.51.100.8"];
  for (const host of [first, second, first]) expect(await turn(host)).toEqual([]);
  for (const host of [second, first, second]) expect(await turn(host)).toHaveLength(1);
  const { items } = await listRegistrationAlarms(ctx, {});
  expect(items).toMatchObject([
    { kind: "fight", before: `${first} Desk phone`, after: `${second} Desk phone`, times: 3 },
  ]);

  await acknowledgeRegistrationAlarm(ctx, { id: items[0]?.id ?? "" });
  expect(await turn(first)).toHaveLength(1);
  expect((await listRegistrationAlarms(ctx, {})).items).toMatchObject([
    { kind: "fight", before: `${second} Desk phone`, after: `${first} Desk phone`, times: 1 },
  ]);
});

test("what comes and goes all day is written down so often and no more", async () => {
  const endpoint = endpointOf("1001", randomUUID());
  await installation.rows(
    "insert into admin_registration_states (endpoint, is_up, tm_change, day, changes) values (?, 0, ?, ?, 96)",
    [endpoint, START, later(1).now().slice(0, 10)], // the day on which it is looked
  );
  await addContact(installation, { endpoint });
  await sample(1);
  expect(await installation.rows("select * from admin_registration_changes")).toEqual([]);
  expect(await installation.rows("select is_up, changes from admin_registration_states")).toEqual([
    { is_up: 1, changes: 97 },
  ]);
});
