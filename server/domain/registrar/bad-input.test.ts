import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { untilSettled } from "@/server/testing/registrar/accounts";
import { refusalOf, snapshot } from "@/server/testing/snapshot";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createExtension, createTrunk, deleteExtension, deleteTrunk, updateExtension, updateTrunk } from ".";

let installation: TestInstallation;
let ids: { extension: string; trunk: string; deletedExtension: string; deletedTrunk: string };
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  const extension = async (number: string) =>
    (await createExtension(ctx(), { ...EXTENSION, extension: number })).extension.id;
  const trunk = async (domainName: string) => (await createTrunk(ctx(), { ...TRUNK, domainName })).trunk.id;
  ids = {
    extension: await extension("1001"),
    trunk: await trunk("live"),
    deletedExtension: await extension("1002"),
    deletedTrunk: await trunk("gone"),
  };
  await deleteExtension(ctx(), { id: ids.deletedExtension });
  await deleteTrunk(ctx(), { id: ids.deletedTrunk });
  await untilSettled(installation);
});
afterAll(() => installation?.drop());

const ctx = () => installation.context();
const customerId = randomUUID();
const EXTENSION = { customerId, extension: "1009", password: "pw" };
const TRUNK = { customerId, domainName: "pbx", authTypes: ["basic" as const], username: "u", password: "pw" };

/** @returns the field that is named as wrong, after a look that nothing was written anywhere */
async function wrongField(attempt: () => Promise<unknown>): Promise<string | undefined> {
  await untilSettled(installation); // notes of what tests before this one have made
  const before = await snapshot(installation);
  const refusal = await refusalOf(attempt());
  expect(await snapshot(installation)).toEqual(before);
  expect(refusal.code).toBe("INVALID_INPUT");
  expect(refusal.message).toMatch(new RegExp(`^${refusal.details.field ?? "-"}: .+`));
  return refusal.details.field;
}

const NUMBERS = [
  "",
  "x".repeat(41),
  "10;01",
  "10^01",
  "10 01",
  " 1001",
  "1001 ",
  "a@b",
  "☎",
  "😀",
  "１００１",
  "é",
  "1\n",
  "1\u0000",
  "a/b",
  "<b>",
  "%41",
  "*1",
  "#1",
  "'",
];
const PASSWORDS = ["p".repeat(81), "a\nb", "a\u0000b", "tab\t", "\u007f", "pw😀", "\ud800"];
const DOMAINS = [
  "",
  "a",
  "1abc",
  "-abc",
  ".abc",
  "a".repeat(32),
  "a_b",
  "a b",
  "a;b",
  "a@b",
  "ä-pbx",
  "pbx😀",
  "pbx\n",
  " pbx",
];
const ADDRESSES = [
  "10.0.0.1/33",
  "",
  "10.0.0",
  "pbx.example.com",
  "2001:db8::/129",
  "10.0.0.1\n;drop",
  "1".repeat(101),
];

describe("an extension is refused for", () => {
  test.each(NUMBERS)("the number %j", async (extension) => {
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, extension }))).toBe("extension");
    expect(await wrongField(() => updateExtension(ctx(), { id: ids.extension, extension }))).toBe("extension");
    expect(await wrongField(() => updateExtension(ctx(), { id: ids.extension, username: extension }))).toBe("username");
  });
  test.each(PASSWORDS)("the password %j", async (password) => {
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, password }))).toBe("password");
    expect(await wrongField(() => updateExtension(ctx(), { id: ids.extension, password }))).toBe("password");
  });
  test("a text that is too long, or an owner that is no id", async () => {
    const name = "n".repeat(256);
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, name }))).toBe("name");
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, detail: name }))).toBe("detail");
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, customerId: "x" }))).toBe("customerId");
    expect(await wrongField(() => createExtension(ctx(), { ...EXTENSION, password: "" }))).toBe("password");
  });
  test("being deleted or unknown", async () => {
    const before = await snapshot(installation);
    for (const id of [ids.deletedExtension, randomUUID()]) {
      const refusal = await refusalOf(updateExtension(ctx(), { id, name: "x", password: "pw-new" }));
      expect([refusal.code, refusal.reason]).toEqual(["NOT_FOUND", "EXTENSION_NOT_FOUND"]);
    }
    expect(await snapshot(installation)).toEqual(before);
  });
  test.each(["1", "x".repeat(40), "Front-Desk_1.a+b", "-", "."])(
    "nothing where the number is %j",
    async (extension) => {
      await createExtension(ctx(), { ...EXTENSION, extension, password: "p".repeat(80) });
    },
  );
});

describe("a trunk is refused for", () => {
  test.each(DOMAINS)("the domain name %j", async (domainName) => {
    expect(await wrongField(() => createTrunk(ctx(), { ...TRUNK, domainName }))).toBe("domainName");
    expect(await wrongField(() => updateTrunk(ctx(), { ...TRUNK, id: ids.trunk, domainName }))).toBe("domainName");
  });
  test.each(ADDRESSES)("the address %j", async (address) => {
    const over = { authTypes: ["ip" as const], allowedIps: ["192.0.2.1", address] };
    expect(await wrongField(() => createTrunk(ctx(), { ...TRUNK, ...over }))).toBe("allowedIps.1");
    expect(
      await wrongField(() => updateTrunk(ctx(), { ...TRUNK, domainName: undefined, ...over, id: ids.trunk })),
    ).toBe("allowedIps.1");
  });
  test.each<[string, object, string]>([
    ["no kind of authentication", { authTypes: [] }, "authTypes"],
    ["an unknown kind", { authTypes: ["basic", "tls"] }, "authTypes.1"],
    ["a user name that is missing", { username: "" }, "username"],
    ["addresses that are missing", { authTypes: ["ip"] }, "allowedIps"],
    ["addresses that are missing beside a password", { authTypes: ["basic", "ip"] }, "allowedIps"],
    [
      "101 addresses",
      { authTypes: ["ip"], allowedIps: Array.from({ length: 101 }, (_, i) => `10.0.0.${i}`) },
      "allowedIps",
    ],
    ["a user name of 256", { username: "u".repeat(256) }, "username"],
    ["a user name with a line end", { username: "u\r\nX: y" }, "username"],
    ["a password of 256", { password: "p".repeat(256) }, "password"],
    ["a name of 256", { name: "n".repeat(256) }, "name"],
  ])("%s", async (_, over, field) => {
    expect(await wrongField(() => createTrunk(ctx(), { ...TRUNK, ...over }))).toBe(field);
    expect(
      await wrongField(() => updateTrunk(ctx(), { ...TRUNK, domainName: undefined, ...over, id: ids.trunk })),
    ).toBe(field);
  });
  test("a password that is missing, where none is there yet", async () => {
    expect(await wrongField(() => createTrunk(ctx(), { ...TRUNK, password: "" }))).toBe("password");
  });
  test("being deleted or unknown", async () => {
    const before = await snapshot(installation);
    for (const id of [ids.deletedTrunk, randomUUID()])
      expect((await refusalOf(updateTrunk(ctx(), { ...TRUNK, domainName: undefined, id }))).reason).toBe(
        "TRUNK_NOT_FOUND",
      );
    expect(await snapshot(installation)).toEqual(before);
  });
  test.each(["ab", "A-.", "a..b", `a${"b".repeat(30)}`])("nothing where the domain name is %j", async (domainName) => {
    await createTrunk(ctx(), { ...TRUNK, domainName, username: "☎ 株式会社" });
  });
});
