import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/server/kernel/context";
import { rightsOf } from "@/server/kernel/permissions";
import { accountsOf, tracesOf } from "@/server/testing/registrar/accounts";
import { refusalOf, snapshot } from "@/server/testing/snapshot";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import {
  createTrunk,
  deleteTrunk,
  getTrunk,
  getTrunkByDomainName,
  restoreTrunk,
  revealTrunkPassword,
  rotateTrunkPassword,
  updateTrunk,
} from "..";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation?.drop());

const aDomain = (): string => `pbx-${randomBytes(5).toString("hex")}`;
const create = (customerId: string, over: object = {}) =>
  createTrunk(installation.context(), {
    customerId,
    domainName: aDomain(),
    authTypes: ["basic"],
    username: "acme",
    password: "pw-one",
    ...over,
  });
const admin = (customerId: string): Context =>
  installation.context({
    actor: { type: "admin", id: randomUUID(), name: "Dana", role: "admin", customerId, sessionId: randomUUID() },
    tenant: { all: false, customerId },
    rights: rightsOf("admin", customerId),
  });

describe("a trunk", () => {
  test("is in both tables, in one event and in one audit entry, which hold no password, and nowhere in Asterisk's", async () => {
    const customerId = randomUUID();
    const { trunk, password } = await create(customerId, {
      authTypes: ["ip", "basic"],
      allowedIps: ["2001:DB8::/32", "192.0.2.7/24", "192.0.2.0/24"],
    });
    expect(trunk).toMatchObject({
      authTypes: ["basic", "ip"],
      allowedIps: ["2001:db8::/32", "192.0.2.0/24"],
      realm: `${trunk.domainName}.trunk.voipbin.test`,
    });
    const there = await accountsOf(installation, customerId);
    expect(there).toMatchObject({ aors: [], auths: [], endpoints: [] });
    expect(there.sipAuths).toHaveLength(1);
    expect(there.sipAuths[0]).toMatchObject({
      reference_type: "trunk",
      realm: trunk.realm,
      username: "acme",
      password,
    });
    const { events, actions, text } = await tracesOf(installation, trunk.id);
    expect([events, actions]).toEqual([["trunk_created"], ["trunk.create"]]);
    expect(text).not.toContain("pw-one");
  });

  test("changes as a whole, but keeps its password and its domain name where none is given", async () => {
    const customerId = randomUUID();
    const { trunk } = await create(customerId, { name: "HQ" });
    const update = (over: object) =>
      updateTrunk(installation.context(), { id: trunk.id, authTypes: ["basic"], username: "acme", ...over });
    expect(await update({ username: "new" })).toMatchObject({ name: "", username: "new", password: "pw-one" });
    const [moved, movedTo] = [trunk.domainName, aDomain()];
    expect(await update({ password: "pw-two", domainName: movedTo })).toMatchObject({
      domainName: movedTo,
      realm: `${movedTo}.trunk.voipbin.test`,
    });
    const { sipAuths } = await accountsOf(installation, customerId);
    expect(sipAuths).toMatchObject([{ username: "acme", password: "pw-two", realm: `${movedTo}.trunk.voipbin.test` }]);
    expect((await refusalOf(getTrunkByDomainName(installation.context(), { domainName: moved }))).code).toBe(
      "NOT_FOUND",
    );
    await create(customerId, { domainName: moved });
    expect((await refusalOf(update({ domainName: moved.toUpperCase() }))).reason).toBe("DOMAIN_NAME_TAKEN");
    const { events, text } = await tracesOf(installation, trunk.id);
    expect(events).toEqual(["trunk_created", "trunk_updated", "trunk_updated"]);
    expect(text).not.toMatch(/pw-(one|two)/);
  });

  test("has a domain name of its own among all customers, ignoring case and trailing spaces, even when twenty are created at once", async () => {
    const domainName = aDomain();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        create(randomUUID(), { domainName: i % 2 === 0 ? domainName : domainName.toUpperCase() }),
      ),
    );
    const won = results.filter((each) => each.status === "fulfilled");
    const lost = results
      .filter((each) => each.status === "rejected")
      .map((each) => (each.reason as { reason: string }).reason);
    expect([won.length, lost]).toEqual([1, Array.from({ length: 19 }, () => "DOMAIN_NAME_TAKEN")]);
    const realms = await installation.rows("select id from registrar_sip_auths where realm like ?", [
      `${domainName}.%`,
    ]);
    expect(realms).toHaveLength(1);
    // As the original's command let them be made: with a space behind the name.
    await installation.rows(
      "update registrar_trunks set domain_name = concat(domain_name, '  ') where domain_name = ?",
      [domainName],
    );
    expect((await refusalOf(create(randomUUID(), { domainName }))).reason).toBe("DOMAIN_NAME_TAKEN");
  });

  test("is gone once, its domain name is free at once, and it comes back with a new password", async () => {
    const customerId = randomUUID();
    const { trunk } = await create(customerId);
    const { id, domainName } = trunk;
    const deleted = await deleteTrunk(installation.context(), { id });
    expect((await accountsOf(installation, customerId)).sipAuths).toEqual([]);
    const next = await create(customerId, { domainName });
    const before = await snapshot(installation);
    expect(await deleteTrunk(installation.context(), { id })).toEqual(deleted);
    const update = updateTrunk(installation.context(), {
      id,
      authTypes: ["basic"],
      username: "x",
      password: "pw-stolen",
    });
    expect((await refusalOf(update)).code).toBe("NOT_FOUND");
    expect((await refusalOf(restoreTrunk(installation.context(), { id }))).reason).toBe("DOMAIN_NAME_TAKEN");
    expect(await snapshot(installation)).toEqual(before);
    await deleteTrunk(installation.context(), { id: next.trunk.id });
    const back = await restoreTrunk(installation.context(), { id });
    expect(back.password).not.toBe("pw-one");
    expect((await accountsOf(installation, customerId)).sipAuths).toMatchObject([{ password: back.password }]);
    expect((await refusalOf(restoreTrunk(installation.context(), { id }))).reason).toBe("TRUNK_NOT_DELETED");
    const { events, text } = await tracesOf(installation, id);
    expect(events).toEqual(["trunk_created", "trunk_deleted", "trunk_created"]);
    expect(text).not.toContain(back.password);
  });

  test("shows its password to who may see it and is written down; one known by its address has none to change", async () => {
    const customerId = randomUUID();
    const { id } = (await create(customerId)).trunk;
    const shown = await revealTrunkPassword(admin(customerId), { id });
    expect(shown.password).toBe("pw-one");
    expect(shown.trunk).not.toHaveProperty("password");
    const { password } = await rotateTrunkPassword(admin(customerId), { id });
    expect((await accountsOf(installation, customerId)).sipAuths).toMatchObject([{ password }]);
    const { actions, text } = await tracesOf(installation, id);
    expect(actions).toEqual(["trunk.create", "trunk.reveal-password", "trunk.rotate-password"]);
    expect(text).not.toContain(password);
    const ip = await create(customerId, { authTypes: ["ip"], username: "", password: "", allowedIps: ["192.0.2.1"] });
    expect((await refusalOf(rotateTrunkPassword(admin(customerId), { id: ip.trunk.id }))).reason).toBe(
      "TRUNK_WITHOUT_PASSWORD",
    );
  });

  test("gets a strong password where it is to prove itself by one and none is given, which is shown this once", async () => {
    const customerId = randomUUID();
    const byAddress = { authTypes: ["ip" as const], allowedIps: ["192.0.2.1"] };
    const byPassword = { authTypes: ["basic" as const, "ip" as const], username: "acme", allowedIps: ["192.0.2.1"] };
    const { trunk } = await create(customerId, { ...byAddress, username: "", password: "" });
    const { id } = trunk;
    const update = (over: object) => updateTrunk(admin(customerId), { id, ...byPassword, ...over });
    const held = async (): Promise<string[]> => {
      const { trunks, sipAuths } = await accountsOf(installation, customerId);
      return [...trunks, ...sipAuths].map(({ password }) => password);
    };

    const { password = "" } = await update({});
    expect(password).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(await held()).toEqual([password, password]);
    // It is a password as any other from now on: not shown, and not changed by what does not speak of it.
    expect(await update({ name: "HQ" })).not.toHaveProperty("password");
    expect(await getTrunk(admin(customerId), { id })).not.toHaveProperty("password");
    expect(await held()).toEqual([password, password]);
    // One from an earlier time does not come back unseen.
    await update(byAddress);
    const { password: second = "" } = await update({});
    expect(second).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(second).not.toBe(password);
    expect(await held()).toEqual([second, second]);
    await update(byAddress);
    expect(await update({ password: "pw-given" })).not.toHaveProperty("password");
    expect(await held()).toEqual(["pw-given", "pw-given"]);

    const { events, actions, text } = await tracesOf(installation, id);
    expect([events.slice(1), actions.slice(1)]).toEqual([
      Array.from({ length: 6 }, () => "trunk_updated"),
      Array.from({ length: 6 }, () => "trunk.update"),
    ]);
    for (const secret of [password, second, "pw-given"]) expect(text).not.toContain(secret);
  });

  test("gets none from a sibling that gives none", async () => {
    const { trunk } = await create(randomUUID(), {
      authTypes: ["ip"],
      username: "",
      password: "",
      allowedIps: ["192.0.2.1"],
    });
    const before = await snapshot(installation);
    const update = updateTrunk(installation.context(), { id: trunk.id, authTypes: ["basic"], username: "acme" });
    expect((await refusalOf(update)).details.field).toBe("password");
    expect(await snapshot(installation)).toEqual(before);
  });

  test("of another customer is not there", async () => {
    const { id, domainName } = (await create(randomUUID())).trunk;
    const stranger = admin(randomUUID());
    const before = await snapshot(installation);
    const attempts = [
      () => getTrunk(stranger, { id }),
      () => getTrunkByDomainName(stranger, { domainName }),
      () => updateTrunk(stranger, { id, authTypes: ["basic"], username: "x", password: "pw-stolen" }),
      () => rotateTrunkPassword(stranger, { id }),
      () => revealTrunkPassword(stranger, { id }),
      () => deleteTrunk(stranger, { id }),
      () => restoreTrunk(stranger, { id }),
    ];
    for (const attempt of attempts) expect((await refusalOf(attempt())).code).toBe("NOT_FOUND");
    expect(await snapshot(installation)).toEqual(before);
  });
});
