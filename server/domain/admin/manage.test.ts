import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argon2Passwords } from "@/server/auth/passwords";
import { createCustomer, deleteCustomer, restoreCustomer } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { rightsOf, type Role } from "@/server/kernel/permissions";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import {
  acceptLink,
  createAdmin,
  disableAdmin,
  enableAdmin,
  findSession,
  getAdmin,
  getLink,
  inviteAdmin,
  listAdmins,
  removeAdmin,
  renewInvitation,
  resetAdmin,
  resetTwoFactor,
  updateAdmin,
} from ".";
import { createAdmin as signedIn } from "@/server/testing/rights/tenant";
import type { AdminDetails } from "./schemas";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({ passwords: argon2Passwords })));
afterAll(() => installation.drop());

const PASSWORD = "correct horse battery";
const outcome = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (isDomainError(error)) return error.reason;
    throw error;
  }
};

interface Person {
  id: string;
  sessionId: string;
  ctx: () => Context;
}

/** Somebody who is signed in, and the context of his requests. */
async function person(role: Role, customerId: string | null = null): Promise<Person> {
  const { adminId: id, sessionId } = await signedIn(installation, role, customerId);
  const actor = { type: "admin", id, name: role, role, customerId, sessionId } as const;
  const tenant = customerId === null ? ({ all: true } as const) : { all: false as const, customerId };
  return { id, sessionId, ctx: () => installation.context({ actor, tenant, rights: rightsOf(role, customerId) }) };
}

const aCustomer = async (): Promise<string> =>
  (await createCustomer(installation.context(), { name: "Acme", email: anEmail() })).id;
const isIn = async ({ sessionId }: Person): Promise<boolean> =>
  (await findSession(installation.context(), sessionId)) !== null;
const audited = (id: string) =>
  installation.rows<{ action: string; before: unknown; after: unknown }>(
    "select action, `before`, after from admin_audit where resource_id = ? order by id",
    [id],
  );

describe("an invitation", () => {
  test("is a link that works once, and lets exactly the invited one in", async () => {
    const owner = await person("owner");
    const email = anEmail();
    const { admin, token } = await inviteAdmin(owner.ctx(), { email, name: "Ada", role: "support" });
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({ status: "invited", twoFactor: false, manageable: true });
    expect(await getLink(owner.ctx(), { token })).toEqual({ purpose: "invite", email, name: "Ada", valid: true });

    const accept = () =>
      acceptLink(installation.context(), { token, name: "Ada L", email: "eve@evil.example", password: PASSWORD });
    expect((await Promise.all([outcome(accept()), outcome(accept())])).sort()).toEqual(["LINK_NOT_VALID", "done"]);
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({
      status: "active",
      email,
      name: "Ada L",
      role: "support",
    });
    expect(await outcome(renewInvitation(owner.ctx(), admin))).toBe("NOT_INVITED");
    expect((await audited(admin.id)).map(({ action }) => action)).toEqual(["admin.invite", "admin.accept-invitation"]);
    const kept = JSON.stringify([await audited(admin.id), await installation.rows("select * from admin_links")]);
    expect(kept).not.toContain(token);
  });

  test("ends when it is renewed, withdrawn or its admin disabled", async () => {
    const owner = await person("owner");
    const { admin, token } = await inviteAdmin(owner.ctx(), { email: anEmail(), role: "admin" });
    const valid = async (each: string) => (await getLink(owner.ctx(), { token: each })).valid;
    const renewed = await renewInvitation(owner.ctx(), admin);
    expect([await valid(token), await valid(renewed.token)]).toEqual([false, true]);
    await disableAdmin(owner.ctx(), admin);
    expect(await valid(renewed.token)).toBe(false);
    expect((await enableAdmin(owner.ctx(), admin)).status).toBe("invited");
    const last = await renewInvitation(owner.ctx(), admin);
    await removeAdmin(owner.ctx(), admin);
    expect(await valid(last.token)).toBe(false);
    expect(
      await outcome(acceptLink(owner.ctx(), { token: last.token, name: "x", email: anEmail(), password: PASSWORD })),
    ).toBe("LINK_NOT_VALID");
    expect(await outcome(inviteAdmin(owner.ctx(), { email: admin.email, role: "admin" }))).toBe("done");
    expect(await outcome(inviteAdmin(owner.ctx(), { email: admin.email.toUpperCase(), role: "admin" }))).toBe(
      "EMAIL_TAKEN",
    );
  });
});

describe("nobody", () => {
  test("gives, takes or touches rights that he does not have", async () => {
    const [owner, admin] = [await person("owner"), await person("admin")];
    const other = await person("owner");
    expect(await outcome(inviteAdmin(admin.ctx(), { email: anEmail(), role: "owner" }))).toBe("MORE_RIGHTS");
    const support = await person("support");
    expect(await outcome(updateAdmin(admin.ctx(), { id: support.id, role: "owner" }))).toBe("MORE_RIGHTS");
    expect(await outcome(updateAdmin(admin.ctx(), { id: admin.id, role: "owner" }))).toBe("MORE_RIGHTS");
    for (const change of [disableAdmin, removeAdmin, resetAdmin, resetTwoFactor])
      expect(await outcome(change(admin.ctx(), { id: other.id }) as Promise<unknown>)).toBe("MORE_RIGHTS");
    expect(await outcome(updateAdmin(admin.ctx(), { id: other.id, name: "Renamed" }))).toBe("MORE_RIGHTS");
    expect(await outcome(updateAdmin(owner.ctx(), { id: other.id, role: "admin" }))).toBe("done");
    expect(await outcome(inviteAdmin(support.ctx(), { email: anEmail(), role: "billing-read" }))).toBe("MISSING_RIGHT");
  });

  test("of a customer's sees, makes or moves anybody beyond that customer", async () => {
    const [mine, theirs] = [await aCustomer(), await aCustomer()];
    const me = await person("owner", mine);
    const [foreign, platform] = [await person("support", theirs), await person("billing-read")];
    for (const { id } of [foreign, platform])
      for (const change of [getAdmin, disableAdmin, removeAdmin, resetAdmin])
        expect(await outcome(change(me.ctx(), { id }) as Promise<unknown>)).toBe("ADMIN_NOT_FOUND");
    const { items } = await listAdmins(me.ctx(), {});
    expect(items.map(({ id }) => id)).toEqual([me.id]);
    expect((await listAdmins(me.ctx(), { filter: { customerId: theirs } })).items).toEqual([]);

    const invite = (customerId: string | null | undefined, role: Role = "support") =>
      outcome(inviteAdmin(me.ctx(), { email: anEmail(), role, customerId }));
    expect(await invite(theirs)).toBe("CUSTOMER_NOT_FOUND");
    expect(await invite(null, "billing-read")).toBe("MORE_RIGHTS");
    expect(await invite(undefined, "owner")).toBe("done");
    const colleague = await person("support", mine);
    expect(await outcome(updateAdmin(me.ctx(), { id: colleague.id, customerId: null }))).toBe("MORE_RIGHTS");
    expect(await outcome(updateAdmin(me.ctx(), { id: colleague.id, customerId: theirs }))).toBe("CUSTOMER_NOT_FOUND");
    expect(await outcome(updateAdmin(me.ctx(), { id: colleague.id, role: "admin" }))).toBe("done");
    const [entry] = await audited(colleague.id);
    expect(entry).toMatchObject({ action: "admin.update" });
    expect(JSON.stringify(entry)).toContain("support");
  });

  test("ends his own access", async () => {
    const owner = await person("owner");
    await person("owner");
    for (const change of [disableAdmin, removeAdmin, resetAdmin, resetTwoFactor])
      expect(await outcome(change(owner.ctx(), { id: owner.id }) as Promise<unknown>)).toBe("OWN_ACCOUNT");
    expect(await outcome(updateAdmin(owner.ctx(), { id: owner.id, name: "Me" }))).toBe("done");
  });
});

describe("the last owner", () => {
  /** Leaves these as the only owners who can sign in. */
  const onlyOwners = (...owners: Person[]) =>
    installation.rows(
      "update admin_users set tm_disable = now(6) where role = 'owner' and customer_id is null and id not in (?)",
      [owners.map(({ id }) => Buffer.from(id.replaceAll("-", ""), "hex"))],
    );

  test("stays: he is neither removed, disabled nor made anything less, not even from a shell", async () => {
    const last = await person("owner");
    await onlyOwners(last);
    await inviteAdmin(last.ctx(), { email: anEmail(), role: "owner" }); // who has not come yet does not count
    await person("owner", await aCustomer()); // nor does a customer's
    for (const ctx of [last.ctx(), installation.context()]) {
      expect(await outcome(disableAdmin(ctx, { id: last.id }))).toBe("LAST_OWNER");
      expect(await outcome(removeAdmin(ctx, { id: last.id }))).toBe("LAST_OWNER");
      expect(await outcome(updateAdmin(ctx, { id: last.id, role: "admin" }))).toBe("LAST_OWNER");
    }
    expect(await outcome(updateAdmin(last.ctx(), { id: last.id, customerId: await aCustomer() }))).toBe("LAST_OWNER");
    expect(await isIn(last)).toBe(true);
  });

  test("stays when two owners end each other at once", async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await person("owner"), await person("owner")];
      await onlyOwners(one, two);
      const demote = (by: Person, whom: Person) => outcome(updateAdmin(by.ctx(), { id: whom.id, role: "support" }));
      const remove = (by: Person, whom: Person) => outcome(removeAdmin(by.ctx(), { id: whom.id }));
      const results = await Promise.all(
        round % 2 === 0 ? [demote(one, two), remove(two, one)] : [remove(one, two), remove(two, one)],
      );
      expect(results.sort()).toEqual(["LAST_OWNER", "done"]);
    }
  });
});

describe("an admin", () => {
  test("who is disabled is out at once, and in again when enabled", async () => {
    const [owner, admin] = [await person("owner"), await person("support")];
    expect(await isIn(admin)).toBe(true);
    expect(await disableAdmin(owner.ctx(), admin)).toMatchObject({ status: "disabled" });
    expect(await isIn(admin)).toBe(false);
    expect(await disableAdmin(owner.ctx(), admin)).toMatchObject({ status: "disabled" });
    expect(await outcome(resetAdmin(owner.ctx(), admin))).toBe("ADMIN_NOT_ACTIVE");
    expect(await enableAdmin(owner.ctx(), admin)).toMatchObject({ status: "active", tmDisable: "" });
    expect((await audited(admin.id)).map(({ action }) => action)).toEqual(["admin.disable", "admin.enable"]);
  });

  test("who is reset loses password, second factors and sessions when he uses the link, and nothing before", async () => {
    const [owner, admin] = [await person("owner"), await person("support")];
    await installation.rows(
      "insert into admin_totp (user_id, secret, tm_create, tm_confirm) values (?, 'x', now(6), now(6))",
      [Buffer.from(admin.id.replaceAll("-", ""), "hex")],
    );
    const { token } = await resetAdmin(owner.ctx(), admin);
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({ twoFactor: true });
    expect(await isIn(admin)).toBe(true);
    await acceptLink(installation.context(), { token, name: "Same", email: anEmail(), password: PASSWORD });
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({ twoFactor: false });
    expect(await isIn(admin)).toBe(false);
  });

  test("of a customer goes with it and comes back with it", async () => {
    const owner = await person("owner");
    const customerId = await aCustomer();
    const [admin, left] = [await person("admin", customerId), await person("support", customerId)];
    await disableAdmin(owner.ctx(), left);
    await deleteCustomer(owner.ctx(), { id: customerId });
    await installation.runJobs();
    expect(await isIn(admin)).toBe(false);
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({ status: "disabled" });
    await restoreCustomer(owner.ctx(), { id: customerId });
    await installation.runJobs();
    expect(await getAdmin(owner.ctx(), admin)).toMatchObject({ status: "active" });
    expect(await getAdmin(owner.ctx(), left)).toMatchObject({ status: "disabled" });
  });
});

describe("the list of admins", () => {
  test("is filtered and sorted by the database, and its pages leave nobody out", async () => {
    const customerId = await aCustomer();
    const ctx = () => installation.context();
    const names = ["Bo", "Al", "Al", "Di", "Cy"];
    for (const name of names)
      await createAdmin(ctx(), { email: `zz${anEmail()}`, name, role: "support", customerId, password: PASSWORD });
    await inviteAdmin(ctx(), { email: `yy${anEmail()}`, name: "Ed", role: "billing-read", customerId });
    const all = async (sort: "tmCreate" | "name" | "tmLastLogin", direction: "asc" | "desc") => {
      const found: AdminDetails[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await listAdmins(ctx(), { filter: { customerId }, sort, direction, size: 2, cursor });
        expect(page.total).toEqual({ count: 6, estimated: false });
        found.push(...page.items);
        if (page.next === null) break;
        cursor = page.next;
      }
      return found.map(({ name }) => name);
    };
    expect(await all("name", "asc")).toEqual(["Al", "Al", "Bo", "Cy", "Di", "Ed"]);
    expect(await all("name", "desc")).toEqual(["Ed", "Di", "Cy", "Bo", "Al", "Al"]);
    expect(await all("tmCreate", "asc")).toEqual([...names, "Ed"]);
    expect((await all("tmLastLogin", "desc")).sort()).toEqual(["Al", "Al", "Bo", "Cy", "Di", "Ed"]);
    const count = async (filter: object) =>
      (await listAdmins(ctx(), { filter: { customerId, ...filter } })).items.length;
    expect(await count({ status: "invited" })).toBe(1);
    expect(await count({ role: "support", status: "active" })).toBe(5);
    expect(await count({ twoFactor: true })).toBe(0);
    expect(await count({ reach: "platform" })).toBe(0);
    expect(await count({ search: "a" })).toBe(2);
    expect(await count({ search: "ZZ" })).toBe(5);
    expect(await count({ search: "%" })).toBe(0);
  });
});
