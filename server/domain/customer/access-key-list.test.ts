import { afterAll, beforeAll, expect, it } from "vitest";
import { addSeconds } from "@/server/kernel/clock";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAccessKey, createCustomer, listAccessKeys, revokeAccessKey } from ".";
import type { AccessKeyState, CustomerView, ListAccessKeysInput } from "./schemas";

const DAY = 86_400;
const YEAR = 365 * DAY;

let installation: TestInstallation;
let own: CustomerView;
let other: CustomerView;

/** Keys by name: when made, last used and ending, in days from now. */
const KEYS: Record<string, { made: number; used: number | null; ends: number }> = {
  "ends in 5 days": { made: -40, used: -20, ends: 5 },
  "ends in 29 days": { made: -40, used: null, ends: 29 },
  "ends in 31 days": { made: -89, used: null, ends: 31 },
  "ended a day ago": { made: -366, used: -91, ends: -1 },
  "never used, 91 days old": { made: -91, used: null, ends: 300 },
  "used 6 days ago": { made: -200, used: -6, ends: 300 },
  "used an hour ago": { made: -200, used: -1 / 24, ends: 400 },
};

beforeAll(async () => {
  installation = await openTestInstallation();
  const ctx = installation.context();
  own = await createCustomer(ctx, { name: "Own", email: anEmail() });
  other = await createCustomer(ctx, { name: "Other", email: anEmail() });
  for (const customer of [own, other]) {
    for (const [name, { made, used, ends }] of Object.entries(KEYS)) {
      const { key } = await createAccessKey(ctx, { customerId: customer.id, name, expire: YEAR });
      const at = (days: number): string => addSeconds(ctx.now(), Math.round(days * DAY));
      await installation.rows(
        "update customer_accesskeys set tm_create = ?, tm_used = ?, tm_expire = ? where id = unhex(replace(?, '-', ''))",
        [at(made), used === null ? null : at(used), at(ends), key.id],
      );
    }
  }
  const { key } = await createAccessKey(ctx, { customerId: own.id, name: "revoked", expire: DAY });
  await revokeAccessKey(ctx, { id: key.id });
});
afterAll(() => installation.drop());

/** All pages of a list, two keys at a time, forth and back again. */
async function namesOf(input: ListAccessKeysInput): Promise<string[]> {
  const ctx = installation.context();
  const read = (cursor?: string) =>
    listAccessKeys(ctx, { ...input, filter: { customerId: own.id, ...input.filter }, size: 2, cursor });
  const names: string[] = [];
  const pages: string[] = [];
  let page = await read();
  for (;;) {
    const shown = page.items.map(({ name }) => name);
    names.push(...shown);
    pages.push(shown.join());
    if (page.next === null) break;
    page = await read(page.next);
  }
  for (let back = pages.length - 2; back >= 0; back--) {
    page = await read(page.previous ?? "");
    expect(page.items.map(({ name }) => name).join()).toBe(pages[back]);
  }
  return names;
}

it.each<[AccessKeyState, string[]]>([
  ["expiring", ["ends in 5 days", "ends in 29 days"]],
  ["expired", ["ended a day ago"]],
  ["unused", ["never used, 91 days old", "ended a day ago"]],
  ["used", ["used an hour ago", "used 6 days ago"]],
])("keys that are %s, in the order people look for them", async (state, names) => {
  expect((await namesOf({ filter: { state } })).sort()).toEqual([...names].sort());
  expect((await namesOf({ filter: { state }, direction: "asc" })).reverse()).toEqual(
    await namesOf({ filter: { state }, direction: "desc" }),
  );
  if (state !== "unused") expect(await namesOf({ filter: { state } })).toEqual(names);
});

it("every order pages through each live key once, also where keys were never used", async () => {
  for (const sort of ["tmCreate", "tmUsed", "tmExpire"] as const) {
    const names = await namesOf({ sort, direction: "asc", filter: { deleted: false } });
    expect([...names].sort()).toEqual(Object.keys(KEYS).sort());
    expect(await namesOf({ sort, direction: "desc", filter: { deleted: false } })).toEqual(names.reverse());
  }
});

it("a key that was never used is idle since it was made", async () => {
  expect(await namesOf({ sort: "tmUsed", direction: "desc", filter: { deleted: false } })).toEqual([
    "used an hour ago",
    "used 6 days ago",
    "ends in 5 days",
    "ends in 29 days",
    "ends in 31 days",
    ...(await namesOf({ filter: { state: "unused" }, direction: "desc" })),
  ]);
});

it("keys are found by the beginning of a name or of a token, and by a whole id in any spelling", async () => {
  const ctx = installation.context();
  const { key } = await createAccessKey(ctx, { customerId: other.id, name: "100%_sure" });
  const find = async (search: string, filter: ListAccessKeysInput["filter"] = {}): Promise<string[]> =>
    (await listAccessKeys(ctx, { filter: { ...filter, search } })).items.map(({ id }) => id);
  expect(await find("100%_")).toEqual([key.id]);
  expect(await find("1%")).toEqual([]);
  expect(await find(key.token)).toContain(key.id);
  expect(await find(`{${key.id.toUpperCase()}}`)).toEqual([key.id]);
  expect(await find("100%_", { state: "used" })).toEqual([]);
  expect(await find("100%_", { customerId: own.id })).toEqual([]);
});

it("whoever belongs to one customer finds its keys alone, whatever is asked for", async () => {
  const ctx = installation.context({ tenant: { all: false, customerId: own.id } });
  for (const input of [
    {},
    { filter: { search: "ends" } },
    { filter: { customerId: other.id } },
    { filter: { state: "used" } },
    { sort: "tmExpire" },
  ] as ListAccessKeysInput[]) {
    const { items } = await listAccessKeys(ctx, input);
    expect(items.filter(({ customerId }) => customerId !== own.id)).toEqual([]);
  }
});

it.each<[ListAccessKeysInput, string]>([
  [{ filter: { state: "expiring" }, sort: "tmUsed" }, "sort"],
  [{ filter: { state: "expiring", deleted: true } }, "filter.deleted"],
  [{ filter: { name: "default" }, sort: "tmExpire" }, "filter.name"],
  [{ filter: { deleted: true }, sort: "tmUsed" }, "filter.deleted"],
])("an order that no index has is refused, and the field named: %j", async (input, field) => {
  await expect(listAccessKeys(installation.context(), input)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { field },
  });
});
