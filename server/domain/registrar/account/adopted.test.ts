import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { createScratch, loadDump, rowsOf, type Scratch } from "@/db/testing";
import { platformContext, type Context } from "@/server/kernel/context";
import { testRuntime } from "@/server/testing/installation";
import type { AuthType } from "../limits";
import {
  createExtension,
  deleteExtension,
  deleteTrunk,
  listExtensionsBefore,
  listTrunksBefore,
  restoreExtension,
  updateExtension,
  updateTrunk,
} from "..";

// The two databases of a small running installation, as the originals left them.

const scratches: Scratch[] = [];
const databases: Database[] = [];
let ctx: () => Context;

beforeAll(async () => {
  for (const target of ["bin", "asterisk"] as const) {
    const scratch = await createScratch();
    scratches.push(scratch);
    await loadDump(scratch.connection, target);
    await migrateDatabase({ target, dsn: scratch.dsn });
    databases.push(openDatabase(scratch.dsn, { size: 4 }));
  }
  const [bin, asterisk] = databases;
  if (bin === undefined || asterisk === undefined) throw new Error("There are no databases.");
  const runtime = testRuntime(
    bin,
    { sipDomains: { extension: baseOf(await realms()), trunk: "trunk.voipbin.net" } },
    asterisk,
  );
  ctx = () => platformContext(runtime, { actor: { type: "service", id: "test", name: "test" } });
});
afterAll(async () => {
  for (const each of databases) await closeDatabase(each);
  for (const each of scratches) await each.drop();
});

const rows = (database: 0 | 1, sql: string, params: unknown[] = []) => {
  const scratch = scratches[database];
  if (scratch === undefined) throw new Error("There is no such database.");
  return rowsOf(scratch.connection, sql, params);
};
const realms = async (): Promise<string[]> =>
  (await rows(0, "select realm from registrar_extensions where realm is not null")).map(({ realm }) => String(realm));
/** The domain that the installation ran with. */
const baseOf = ([realm = ""]: string[]): string => realm.replace(/^[^.]*\./, "");
const bytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

describe("extensions of an adopted installation", () => {
  test("are all listed", async () => {
    const [{ count } = {}] = await rows(0, "select count(*) as count from registrar_extensions");
    const all = await listExtensionsBefore(ctx(), { filter: {}, before: null, size: 1_000 });
    expect(all.length).toBeGreaterThan(0);
    expect(all).toHaveLength(Number(count));
  });

  test("are each changed, deleted and brought back, and their numbers used again", async () => {
    const live = await listExtensionsBefore(ctx(), { filter: { deleted: false }, before: null, size: 1_000 });
    expect(live.length).toBeGreaterThan(0);
    for (const { id, name, extension, customerId, endpointId } of live) {
      const changed = await updateExtension(ctx(), { id, name, password: "pw-adopted" });
      expect(changed).toMatchObject({ id, extension, endpointId, password: "pw-adopted" });
      expect(await rows(1, "select password, realm from ps_auths where id = ?", [endpointId])).toEqual([
        { password: "pw-adopted", realm: changed.realm },
      ]);
      expect(await rows(0, "select password, realm from registrar_sip_auths where id = ?", [bytes(id)])).toEqual([
        { password: "pw-adopted", realm: changed.realm },
      ]);
      await deleteExtension(ctx(), { id });
      for (const table of ["ps_auths", "ps_aors", "ps_endpoints"])
        expect(await rows(1, `select id from ${table} where id = ?`, [endpointId])).toEqual([]);
      if (!/^[A-Za-z0-9._+-]{1,40}$/.test(extension)) continue;
      const next = await createExtension(ctx(), { customerId, extension, password: "pw-next" });
      await deleteExtension(ctx(), { id: next.extension.id });
      expect((await restoreExtension(ctx(), { id })).extension).toMatchObject({ id, extension });
    }
  });
});

describe("trunks of an adopted installation", () => {
  test("are all listed, changed and deleted", async () => {
    const [{ count } = {}] = await rows(0, "select count(*) as count from registrar_trunks");
    const all = await listTrunksBefore(ctx(), { filter: {}, before: null, size: 1_000 });
    expect(all.length).toBeGreaterThan(0);
    expect(all).toHaveLength(Number(count));
    const live = await listTrunksBefore(ctx(), { filter: { deleted: false }, before: null, size: 1_000 });
    for (const trunk of live) {
      const usable = {
        authTypes: ["basic" as AuthType],
        username: trunk.username || "u",
        password: trunk.password || "pw",
      };
      const changed = await updateTrunk(ctx(), { id: trunk.id, name: "Adopted ☎ 📞", ...usable });
      expect(changed).toMatchObject({ name: "Adopted ☎ 📞", domainName: trunk.domainName, realm: trunk.realm });
      expect(await rows(0, "select realm, username from registrar_sip_auths where id = ?", [bytes(trunk.id)])).toEqual([
        { realm: trunk.realm, username: usable.username },
      ]);
      expect((await deleteTrunk(ctx(), { id: trunk.id })).tmDelete).not.toBe(trunk.tmDelete);
    }
  });
});
