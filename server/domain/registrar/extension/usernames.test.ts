import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomer, deleteCustomer, restoreCustomer } from "@/server/domain/customer";
import { isDomainError } from "@/server/kernel/errors";
import { accountsOf, untilSettled } from "@/server/testing/registrar/accounts";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { refusalOf, snapshot } from "@/server/testing/snapshot";
import { createExtension, deleteExtension, restoreExtension, updateExtension } from "..";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation?.drop());

const ctx = () => installation.context();
const create = (customerId: string, extension: string, username?: string) =>
  createExtension(ctx(), {
    customerId,
    extension,
    password: "pw-one",
    ...(username === undefined ? {} : { username }),
  });
const idOf = async (...args: Parameters<typeof create>): Promise<string> => (await create(...args)).extension.id;
const rename = (id: string, username: string) => updateExtension(ctx(), { id, username });
const bytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

/** User names that Kamailio knows of a customer's live extensions. */
const namesOf = async (customerId: string): Promise<string[]> =>
  (await accountsOf(installation, customerId)).sipAuths.map(({ username }) => username).sort();

describe("the user name of another live extension of the same customer", () => {
  const taken = { code: "CONFLICT", reason: "USERNAME_TAKEN" };

  test("is refused to who asks for it, at the field by which it came, and nothing is written", async () => {
    const customerId = randomUUID();
    await create(customerId, "1001");
    await create(customerId, "1002", "desk");
    const id = await idOf(customerId, "1003");
    await untilSettled(installation);
    const before = await snapshot(installation);
    const asked: [string, () => Promise<unknown>][] = [
      ["username", () => rename(id, "1001")],
      ["username", () => rename(id, "DESK")], // Kamailio's table compares without case
      ["extension", () => updateExtension(ctx(), { id, extension: "desk" })],
      ["extension", () => create(customerId, "desk")],
      ["username", () => create(customerId, "1004", "1001")],
      ["username", () => create(customerId, "1004", "desk")],
    ];
    for (const [field, work] of asked) expect(await refusalOf(work())).toMatchObject({ ...taken, details: { field } });
    expect(await snapshot(installation)).toEqual(before);
  });

  test("is free to other customers, to who has it, and when it was given up", async () => {
    const [customerId, other] = [randomUUID(), randomUUID()];
    const id = await idOf(customerId, "1001", "desk");
    await create(other, "1001", "desk");
    await rename(id, "Desk");
    await updateExtension(ctx(), { id, name: "Front", password: "pw-two", username: "Desk" });
    const gone = await idOf(customerId, "1002", "gone");
    await deleteExtension(ctx(), { id: gone });
    await rename(id, "gone");
    await create(customerId, "desk");
    expect(await namesOf(customerId)).toEqual(["desk", "gone"]);
  });

  test("does not come back to a deleted one, nor holds up what comes back with its customer", async () => {
    const { id: customerId } = await createCustomer(ctx(), { email: anEmail() });
    const deleted = await idOf(customerId, "1001", "desk");
    await deleteExtension(ctx(), { id: deleted });
    await create(customerId, "1002", "desk");
    expect(await refusalOf(restoreExtension(ctx(), { id: deleted }))).toMatchObject(taken);

    await create(customerId, "1003");
    await deleteCustomer(ctx(), { id: customerId });
    await installation.runJobs();
    await create(customerId, "1004", "DESK");
    await restoreCustomer(ctx(), { id: customerId });
    await installation.runJobs();
    expect(await namesOf(customerId)).toEqual(["1003", "DESK"]);
    expect(await installation.rows("select type, error from admin_jobs where state = 'failed'")).toEqual([]);
  });

  test("that two share in an adopted database keeps neither from being changed otherwise", async () => {
    const customerId = randomUUID();
    const [one, other] = [await idOf(customerId, "1001"), await idOf(customerId, "1002")];
    for (const table of ["registrar_extensions", "registrar_sip_auths"])
      await installation.rows(`update ${table} set username = '1001' where id = ?`, [bytes(other)]);
    for (const id of [one, other])
      await expect(updateExtension(ctx(), { id, name: "as before", password: "pw-new" })).resolves.toBeDefined();
    await rename(other, "1002");
    expect(await namesOf(customerId)).toEqual(["1001", "1002"]);
  });

  test("of a record that is deleted, and left behind in Kamailio's table, is nobody's", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId, "1001");
    await deleteExtension(ctx(), { id: extension.id });
    await installation.rows(
      "insert into registrar_sip_auths (id, reference_type, realm, username, password) values (?, 'extension', ?, '1001', 'old')",
      [bytes(extension.id), extension.realm],
    );
    await expect(create(customerId, "1001")).resolves.toBeDefined();
  });
});

describe("of two who take one user name at once, one gets it", () => {
  const ROUNDS = 15;
  const changes: [string, (customerId: string, ids: string[], name: string) => Promise<unknown>[]][] = [
    ["two changes", (_, ids, name) => ids.map((id) => rename(id, name))],
    [
      "a change and a new extension of that number",
      (customerId, [id = ""], name) => [create(customerId, name), rename(id, name)],
    ],
    [
      "two new extensions",
      (customerId, _, name) => ["a", "b"].map((first) => create(customerId, `${first}-${name}`, name)),
    ],
  ];

  test.each(changes)("%s", async (_, change) => {
    const customerId = randomUUID();
    const ids = [await idOf(customerId, "1001"), await idOf(customerId, "1002")];
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const name = `name-${round}`;
      const results = await Promise.allSettled(change(customerId, ids, name));
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
      expect(results.length - failures.length, String(failures)).toBe(1);
      for (const failure of failures) if (isDomainError(failure) && failure.reason === "USERNAME_TAKEN") refused++;
      expect((await namesOf(customerId)).filter((each) => each === name)).toHaveLength(1);
    }
    expect(refused).toBe(ROUNDS);
  });
});
