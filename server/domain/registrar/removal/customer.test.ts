import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomer, deleteCustomer, restoreCustomer } from "@/server/domain/customer";
import { eventHandlers } from "@/server/events/handlers";
import { rightsOf } from "@/server/kernel/permissions";
import { inTransaction } from "@/server/kernel/transaction";
import { accountsOf, register, tracesOf } from "@/server/testing/registrar/accounts";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createExtension, createTrunk, deleteExtension } from "..";

let installation: TestInstallation;
const counted: string[] = [];
beforeAll(
  async () => (installation = await openTestInstallation({ countSip: (what) => counted.push(what) }, { sip: true })),
);
afterAll(() => installation?.drop());

const ctx = () => installation.context();
const extension = async (customerId: string, number: string) =>
  (await createExtension(ctx(), { customerId, extension: number, password: "pw-first" })).extension;
const trunk = async (customerId: string, domainName: string) =>
  (await createTrunk(ctx(), { customerId, domainName, authTypes: ["basic"], username: "u", password: "pw-first" }))
    .trunk;
const hexOf = (id: string): string => id.replaceAll("-", "");
const aDomain = () => `pbx-${randomUUID().slice(0, 18)}`;
const NOTHING = { sipAuths: [], aors: [], auths: [], endpoints: [], contacts: [] };

async function customerWith(numbers: readonly string[], domains: readonly string[]) {
  const { id } = await createCustomer(ctx(), { name: "Acme", email: anEmail() });
  for (const each of numbers) await extension(id, each);
  for (const each of domains) await trunk(id, each);
  return id;
}

/** What a sibling's event sets off. */
async function hear(data: object): Promise<void> {
  const handle = eventHandlers(installation.runtime)["registrar-manager"]?.["customer-manager"]?.customer_deleted;
  await handle?.({ publisher: "customer-manager", type: "customer_deleted", data } as never);
  await installation.runJobs();
}

describe("a deleted customer", () => {
  test("takes extensions, phones and trunks along, and brings back those with new passwords, but none deleted before", async () => {
    const [domain, gone] = [aDomain(), await createCustomer(ctx(), { email: anEmail() })];
    const id = await customerWith(["1001", "1002"], [domain]);
    const earlier = await extension(id, "1003");
    await deleteExtension(ctx(), { id: earlier.id });
    await register(installation, `1001@${id}.registrar.voipbin.test`);
    const other = await extension(gone.id, "1001");
    await deleteCustomer(ctx(), { id });
    await installation.runJobs();
    expect(await accountsOf(installation, id)).toMatchObject(NOTHING);
    expect((await accountsOf(installation, gone.id)).auths).toMatchObject([{ id: other.endpointId }]);

    await restoreCustomer(ctx(), { id });
    await installation.runJobs();
    const back = await accountsOf(installation, id);
    expect(back.extensions.map((each) => [each.extension, each.live])).toEqual([
      ["1001", 1],
      ["1002", 1],
      ["1003", 0],
    ]);
    expect(back.trunks).toMatchObject([{ domain_name: domain, live: 1 }]);
    expect(back.auths).toHaveLength(2);
    const passwords = [...back.auths, ...back.sipAuths].map(({ password }) => password);
    expect(passwords).not.toContain("pw-first");
    expect(new Set(passwords).size).toBe(3); // REGISTER and INVITE of each extension go by one, the trunk has its own
    const { text } = await tracesOf(installation, id);
    for (const password of passwords) expect(text).not.toContain(password);
  });

  test("gets no new account while it is being deleted", async () => {
    const { id: customerId } = await createCustomer(ctx(), { email: anEmail() });
    const admin = installation.context({
      actor: { type: "admin", id: randomUUID(), name: "Dana", role: "owner", customerId: null, sessionId: "" },
      rights: rightsOf("owner", null),
    });
    const attempt = () =>
      Promise.allSettled([
        createExtension(admin, { customerId, extension: "1001" }),
        createTrunk(admin, { customerId, domainName: aDomain(), authTypes: ["ip"], allowedIps: ["192.0.2.1"] }),
      ]);
    const attempts = await inTransaction(ctx(), async (tx) => {
      const query = await tx.query();
      await query.execute(sql`update customer_customers set tm_delete = now(6) where id = unhex(${hexOf(customerId)})`);
      const begun = attempt();
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { begun };
    });
    expect(await attempts.begun).toMatchObject(
      Array(2).fill({ status: "rejected", reason: { reason: "CUSTOMER_NOT_FOUND", details: { field: "customerId" } } }),
    );
    expect(await accountsOf(installation, customerId)).toMatchObject({ ...NOTHING, extensions: [], trunks: [] });
  });

  test("gets back all but what is another's by then, and is not held up by it", async () => {
    const [kept, lost] = [aDomain(), aDomain()];
    const id = await customerWith(["alice", "bob"], [kept, lost]);
    // As the original let it be made: with spaces behind the name.
    await installation.rows("update registrar_extensions set extension = 'alice  ' where extension = 'alice'");
    await deleteCustomer(ctx(), { id });
    await installation.runJobs();
    await extension(id, "ALICE");
    await trunk(randomUUID(), lost.toUpperCase());
    await restoreCustomer(ctx(), { id });
    await installation.runJobs();
    const back = await accountsOf(installation, id);
    expect(
      back.extensions
        .filter(({ live }) => live === 1)
        .map((each) => each.extension)
        .sort(),
    ).toEqual(["ALICE", "bob"]);
    expect(back.trunks.map((each) => [each.domain_name, each.live])).toEqual([
      [kept, 1],
      [lost, 0],
    ]);
    expect(back.auths.map((each) => each.password)).toContain("pw-first"); // of the new ALICE: it is left as it is
    const failed = await installation.rows("select type, error from admin_jobs where state = 'failed'");
    expect(failed).toEqual([]);
  });

  test("of more than one page is removed as a whole", async () => {
    const { id } = await createCustomer(ctx(), { email: anEmail() });
    // So many at once as there are connections: who waits for one does not wait long.
    for (let i = 0; i < 230; i += 10)
      await Promise.all(Array.from({ length: 10 }, (_, j) => extension(id, String(2_000 + i + j))));
    await deleteCustomer(ctx(), { id });
    await installation.runJobs();
    expect(await accountsOf(installation, id)).toMatchObject(NOTHING);
    await restoreCustomer(ctx(), { id });
    await installation.runJobs();
    expect((await accountsOf(installation, id)).auths).toHaveLength(230);
  });
});

describe("customer_deleted of another customer-manager", () => {
  test("removes what an unknown customer has here, however often it is heard", async () => {
    const id = randomUUID();
    const [one, two] = [await extension(id, "1001"), await trunk(id, aDomain())];
    for (let time = 0; time < 2; time++) await hear({ id });
    expect(await accountsOf(installation, id)).toMatchObject(NOTHING);
    expect((await tracesOf(installation, one.id)).events).toEqual(["extension_created", "extension_deleted"]);
    expect((await tracesOf(installation, two.id)).events).toEqual(["trunk_created", "trunk_deleted"]);
  });

  test("removes nothing of one who lives", async () => {
    const id = await customerWith(["1001"], [aDomain()]);
    await hear({ id });
    expect((await accountsOf(installation, id)).sipAuths).toHaveLength(2);
  });

  test.each([{}, { id: "x" }, { id: 5 }, null, "x", []])("that says %j is not tried again", async (data) => {
    await expect(hear(data as object)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

test("each success is counted once, however it came about", async () => {
  counted.length = 0;
  const id = await customerWith(["1001"], [aDomain()]);
  await expect(extension(id, "1001")).rejects.toThrow("already");
  await deleteCustomer(ctx(), { id });
  await installation.runJobs();
  const { id: again } = await extension(id, "1002");
  for (let time = 0; time < 2; time++) await deleteExtension(ctx(), { id: again });
  expect(counted).toEqual([
    "extension_create",
    "trunk_create",
    "trunk_delete",
    "extension_delete",
    "extension_create",
    "extension_delete",
  ]);
});
