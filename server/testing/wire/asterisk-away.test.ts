import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, openDatabase } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { createCustomer, previewCustomerDeletion } from "@/server/domain/customer";
import {
  countPhones,
  countRegistrations,
  createExtension,
  deleteExtension,
  listRegistrations,
  registrationHistory,
  registrationsOf,
  rotateExtensionPassword,
  updateExtension,
} from "@/server/domain/registrar";
import { searchEverything } from "@/server/domain/search";
import type { Context, Runtime } from "@/server/kernel/context";
import { isAway, lookAt } from "@/server/kernel/reachability";
import { registrarRoutes } from "@/server/rpc/routes/registrar";
import { createCaller } from "@/server/trpc/root";
import { addContact } from "../contacts";
import { anEmail, openTestInstallation, type TestInstallation } from "../installation";
import { accountsOf, settle, tracesOf } from "../registrar/accounts";
import { quickest, timed } from "../quickest";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy";
import { createDeliverer } from "./deliveries";

/** What a page may wait for, and what one may that knows already. Milliseconds. */
const FIRST_MS = 1_700;
const KNOWN_MS = 700;
/** How long something that is back may take to be found, beside whatever else the machine does. */
const PATIENCE = { timeout: 30_000, interval: 50 };

let installation: TestInstallation;
let proxy: TcpProxy;
let runtime: Runtime;
let customerId: string;
let extension: Awaited<ReturnType<typeof createExtension>>["extension"];

beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  const dsn = parseMysqlDsn(`${installation.url}_asterisk`);
  proxy = await startTcpProxy(dsn);
  runtime = {
    ...installation.runtime,
    asterisk: openDatabase({ ...dsn, host: "127.0.0.1", port: proxy.port }, { size: 8 }),
  };
});
afterAll(async () => {
  if (runtime.asterisk !== null) await closeDatabase(runtime.asterisk);
  await proxy.close();
  await installation.drop();
});
beforeEach(async () => {
  customerId = (await createCustomer(context(), { email: anEmail(), name: "Aldgate" })).id;
  ({ extension } = await createExtension(context(), { customerId, extension: "1001", password: "pw-first" }));
  await addContact(installation, { endpoint: extension.endpointId });
});

/** A sibling's, whose way to Asterisk's database leads through the proxy. */
const context = (over: Partial<Context> = {}): Context => ({ ...installation.context(), ...runtime, ...over });
const phonesOf = async (): Promise<number | undefined> =>
  (await registrationsOf(context(), [extension]))?.get(extension.id)?.length;
const asterisk = () => runtime.asterisk ?? expect.unreachable("this installation has Asterisk's database");
const untilKnown = (): Promise<void> => vi.waitFor(() => expect(isAway(asterisk())).toBe(true), PATIENCE);
const showsOne = (): Promise<void> => vi.waitFor(async () => expect(await phonesOf()).toBe(1), PATIENCE);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
async function heal(): Promise<void> {
  proxy.cut();
  proxy.resume();
  await showsOne();
}

describe.each<[string, (proxy: TcpProxy) => void]>([
  ["is down", (each) => each.refuse()],
  ["does not answer", (each) => each.stall()],
])("while Asterisk's database %s", (_, vanish) => {
  test("records are shown, who is registered is not known, and it is known again when it is back", async () => {
    const first = await quickest(async () => {
      await heal();
      vanish(proxy);
      const found = await timed(Promise.all([phonesOf(), registrationsOf(context(), [extension])]));
      expect(found.value[1]).toBeNull();
      return found;
    }, FIRST_MS);
    expect(first.ms).toBeLessThan(FIRST_MS);
    await untilKnown();

    const ctx = context();
    const look = () =>
      timed(
        Promise.all([
          registrationsOf(ctx, [extension]),
          countRegistrations(ctx, { customerId }),
          countPhones(ctx, { ids: [extension.id] }),
          previewCustomerDeletion(ctx, { id: customerId }),
          failure(listRegistrations(ctx, { filter: { customerId } })),
          registrationHistory(ctx, { id: extension.id }),
          searchEverything(ctx, extension.endpointId),
        ]),
      );
    const { value, ms } = await quickest(look, KNOWN_MS);
    const [registrations, counts, phones, preview, list, history, hits] = value;
    expect(registrations).toBeNull();
    expect(counts).toEqual({ registered: null, extensions: 1, estimated: false });
    expect(phones).toMatchObject({ phones: null, extensions: null, whole: false });
    expect(preview.parts.find(({ name }) => name === "extensions")).toMatchObject({
      count: 1,
      warning: expect.stringContaining("not known") as string,
    });
    expect(list).toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("Asterisk's database") as string,
    });
    expect(history.parts.map(({ state }) => state)).toEqual(["unknown"]);
    expect(hits.map(({ id }) => id)).toContain(extension.id);
    expect(ms).toBeLessThan(KNOWN_MS);

    const lookOften = () => timed(Promise.all(Array.from({ length: 50 }, () => registrationsOf(ctx, [extension]))));
    const many = await quickest(lookOften, 300);
    expect(new Set(many.value)).toEqual(new Set([null]));
    expect(many.ms).toBeLessThan(300);
    await heal();
    await vi.waitFor(async () => {
      expect(await countRegistrations(context(), { customerId })).toMatchObject({ registered: 1 });
      expect((await listRegistrations(context(), { filter: { customerId } })).items).toHaveLength(1);
    }, PATIENCE);
  });

  test("the list and the page of an extension are answered, and say that it is not known", async () => {
    const caller = createCaller({
      ctx: context(),
      admin: null,
      known: true,
      idempotencyKey: null,
      device: null,
      health: () => Promise.reject(new Error("not asked")),
      siblings: [],
    });
    const look = () =>
      Promise.all([caller.extension.list({ filter: { customerId } }), caller.extension.get({ id: extension.id })]);
    const { value, ms } = await quickest(async () => {
      await heal();
      vanish(proxy);
      return timed(look());
    }, FIRST_MS + KNOWN_MS);
    const shown = { id: extension.id, extension: "1001", registrations: null };
    expect(value[0]).toMatchObject({ items: [shown], total: { count: 1 } });
    expect(value[1]).toMatchObject(shown);
    expect(ms).toBeLessThan(FIRST_MS + KNOWN_MS);
    await heal();
    await vi.waitFor(async () => {
      const { items } = await caller.extension.list({ filter: { customerId } });
      expect(items[0]?.registrations).toHaveLength(1);
    }, PATIENCE);
  });

  test("siblings get extensions as ever, and an error for who is registered", async () => {
    const deliver = createDeliverer(runtime, {}, { service: "registrar-manager", routes: registrarRoutes });
    const contacts = () => deliver("GET", "/v1/contacts", { customer_id: customerId, extension: "1001" });
    const known = { status_code: 200, data: [{ endpoint: extension.endpointId }] };
    const away = { status_code: 503, data: { reason: "DATABASE_UNAVAILABLE" } };
    const unaware = await quickest(async () => {
      await heal();
      await vi.waitFor(async () => expect(await contacts()).toMatchObject(known), PATIENCE);
      vanish(proxy);
      return await contacts();
    }, 2_200);
    expect(unaware).toMatchObject(away);
    expect(unaware.ms).toBeLessThan(2_200);
    await untilKnown();
    const aware = await quickest(contacts, KNOWN_MS);
    expect(aware).toMatchObject(away);
    expect(aware.ms).toBeLessThan(KNOWN_MS);
    for (const [uri, data] of [
      ["/v1/extensions?page_size=10", { customer_id: customerId, deleted: false }],
      [`/v1/extensions/${extension.id}`, undefined],
      ["/v1/extensions/extension/1001", { customer_id: customerId }],
    ] as const) {
      const answer = await quickest(() => deliver("GET", uri, data), KNOWN_MS);
      expect(answer.status_code, uri).toBe(200);
      expect(JSON.stringify(answer.data)).toContain(extension.id);
      expect(answer.ms).toBeLessThan(KNOWN_MS);
    }
    await heal();
    await vi.waitFor(async () => expect(await contacts()).toMatchObject(known), PATIENCE);
  });

  const changes = (): [string, () => Promise<unknown>][] => [
    ["create", () => createExtension(context(), { customerId, extension: "1002", password: "pw-second" })],
    ["update", () => updateExtension(context(), { id: extension.id, name: "late", password: "pw-late" })],
    ["rotate", () => rotateExtensionPassword(context(), { id: extension.id })],
    ["delete", () => deleteExtension(context(), { id: extension.id })],
  ];
  const everything = async () => [
    await accountsOf(installation, customerId),
    (await tracesOf(installation, customerId)).text,
    (await tracesOf(installation, extension.id)).text,
  ];

  test("a change is refused clearly, leaves nothing behind, and is made when it is back", async () => {
    const before = await everything();
    vanish(proxy);
    for (const [what, change] of changes()) {
      // Once by finding out, then knowing it.
      const { value, ms } = await timed(failure(change()));
      expect(value, what).toSatisfy((error: unknown) => error instanceof Error);
      expect(ms).toBeLessThan(3_500); // and not as long as it is away
    }
    await untilKnown();
    for (const [what, change] of changes()) {
      const { value, ms } = await quickest(() => timed(failure(change())), KNOWN_MS);
      expect(value, what).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE" });
      expect(ms).toBeLessThan(KNOWN_MS);
    }
    expect(await everything()).toEqual(before);
    // What only bin_manager keeps can be changed: phones notice nothing of a name.
    await expect(updateExtension(context(), { id: extension.id, name: "Front desk" })).resolves.toMatchObject({
      name: "Front desk",
    });
    await heal();
    await settle(installation); // a commit that got no answer may have taken place there
    for (const [, change] of changes()) await change();
    const { extensions, auths } = await accountsOf(installation, customerId);
    expect(extensions.map(({ extension: number, live }) => [number, live])).toEqual([
      ["1001", 0],
      ["1002", 1],
    ]);
    expect(auths).toMatchObject([{ username: "1002", password: "pw-second" }]);
  });
});

test("connections that are cut, and a server that is there, are no outage", async () => {
  await showsOne();
  proxy.cut();
  await showsOne();
  expect(isAway(asterisk())).toBe(false);
});

test("who only looks finds it away, and back", async () => {
  proxy.refuse();
  lookAt(asterisk());
  await untilKnown();
  proxy.resume();
  await vi.waitFor(() => expect(isAway(asterisk())).toBe(false), PATIENCE);
});

test("a process that knows no database of Asterisk's shows records, and that it is not known who is registered", async () => {
  const ctx = context({ asterisk: null });
  expect(await registrationsOf(ctx, [extension])).toBeNull();
  expect(await countRegistrations(ctx, { customerId })).toMatchObject({ registered: null, extensions: 1 });
});
