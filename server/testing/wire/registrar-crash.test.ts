import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { otherName } from "@/server/testing/installation";
import { accountsOf, numbersHeld, numbersWanted, untilSettled } from "@/server/testing/registrar/accounts";
import type { Answer } from "./asker";
import { withChannel } from "./channel";
import { crashSite, PATIENCE_MS } from "./crash-site";
import type { Point } from "./doomed-worker";
import { idOf } from "./other-ways";

const site = crashSite("registrar-manager");
const { areAnswered, call, eventsOf, isToldOnce, runDoomed, runWorker, stopWorker } = site;
const databases = () => site.surroundings();
/** For processes to which the two databases are on two servers, so that each commits for itself. */
const apart = () => ({ DATABASE_DSN_ASTERISK: otherName(databases().asterisk) });

const create = (customerId: string, extension: string, password: string): Promise<Answer> =>
  call("POST", "/v1/extensions", { customer_id: customerId, extension, password });
const held = (customerId: string) => numbersHeld(databases(), customerId);
const said = (passwords: Record<string, string>) => numbersWanted(new Map(Object.entries(passwords)));

/** Lets those who settle half changes look at once, and waits until they have. */
async function settled(): Promise<void> {
  await databases().asteriskRows("update admin_unsettled set tm_create = '2020-01-01'");
  await untilSettled(databases());
}

describe("a change of SIP records during which the process is killed is done once, in both databases", () => {
  test.each<[string, "one server" | "two servers", Point, number]>([
    ["before its first write", "two servers", "write", 4],
    ["before Asterisk's commit", "two servers", "asterisk", 3], // a trunk has nothing there
    ["between Asterisk's commit and bin's", "two servers", "bin", 3],
    ["between bin's commit and the reply", "two servers", "reply", 4],
    ["between the reply and its ack", "two servers", "ack", 4],
    ["before the one commit", "one server", "write", 4],
    ["between the one commit and the reply", "one server", "reply", 4],
  ])(
    "%s, on %s",
    async (_, where, point, most) => {
      const customerId = randomUUID();
      const env = where === "two servers" ? apart() : {};
      await runWorker(env);
      const [updated, deleted] = await Promise.all([
        create(customerId, "2001", "first-2001"),
        create(customerId, "2002", "first-2002"),
      ]);
      await stopWorker();

      const domain = `pbx-${randomBytes(5).toString("hex")}`;
      const asked = [
        create(customerId, "2003", "first-2003"),
        call("PUT", `/v1/extensions/${idOf(updated)}`, { password: "second-2001" }),
        call("DELETE", `/v1/extensions/${idOf(deleted)}`),
        call("POST", "/v1/trunks", {
          customer_id: customerId,
          domain_name: domain,
          auth_types: ["basic"],
          username: "pbx",
          password: "first-trunk",
        }),
      ] as const;
      await runDoomed(point, most, env);
      await runWorker(env);
      const [created, update, deletion, trunk] = await Promise.all(asked);

      expect(created.data).toMatchObject({ extension: "2003", password: "first-2003" });
      expect(update.data).toMatchObject({ id: idOf(updated), password: "second-2001" });
      expect(deletion.data).toMatchObject({ id: idOf(deleted), extension: "2002" });
      expect(trunk.data).toMatchObject({ domain_name: domain, password: "first-trunk" });

      const two = said({ "2001": "second-2001", "2003": "first-2003" });
      expect(await held(customerId)).toEqual(two);
      await settled(); // by the note that the killed one has left
      expect(await held(customerId)).toEqual(two);
      const { extensions, trunks, sipAuths } = await accountsOf(databases(), customerId);
      expect(extensions).toHaveLength(3);
      expect(trunks).toMatchObject([{ domain_name: domain, live: 1 }]);
      expect(sipAuths.filter((row) => row.reference_type === "trunk")).toMatchObject([{ password: "first-trunk" }]);

      for (const [answer, type] of [
        [created, "extension_created"],
        [update, "extension_updated"],
        [deletion, "extension_deleted"],
        [trunk, "trunk_created"],
      ] as const) {
        await isToldOnce(idOf(answer), type);
        expect(eventsOf(idOf(answer), type)).toHaveLength(1);
      }
      // One whose ack is lost is answered again, in the same words.
      await areAnswered([created, update, deletion, trunk], point === "ack" ? 2 : 1);
      const audit = await site.rows<{ action: string }>(
        "select action from admin_audit where customer_id = unhex(?) order by action",
        [customerId.replaceAll("-", "")],
      );
      expect(audit.map(({ action }) => action)).toEqual([
        ...["extension.create", "extension.create", "extension.create"],
        ...["extension.delete", "extension.update", "trunk.create"],
      ]);
      // The deleted number and the domain name are as free, and as taken, as the answers say.
      expect((await create(customerId, "2002", "second-2002")).status_code).toBe(200);
      expect(await create(customerId, "2003", "other")).toMatchObject({ data: { reason: "EXTENSION_TAKEN" } });
    },
    240_000,
  );

  test("and where its request is lost as well, it leaves no ghost, and its number is free", async () => {
    const customerId = randomUUID();
    void create(customerId, "3001", "ghost");
    void create(customerId, "3002", "ghost");
    await runDoomed("bin", 2, apart());
    let lost = 0;
    await withChannel(site.surroundings().amqpUrl, (channel) =>
      vi.waitFor(
        async () => {
          lost += (await channel.purgeQueue(site.queue)).messageCount;
          expect(lost).toBe(2);
        },
        { timeout: PATIENCE_MS },
      ),
    );
    expect((await held(customerId)).auths).toEqual([
      ["3001", "ghost"],
      ["3002", "ghost"],
    ]);
    await runWorker(apart());
    expect((await create(customerId, "3001", "again")).status_code).toBe(200);
    await settled();
    expect(await held(customerId)).toEqual(said({ "3001": "again" }));
    expect((await create(customerId, "3002", "again")).status_code).toBe(200);
    expect(await held(customerId)).toEqual(said({ "3001": "again", "3002": "again" }));
  }, 240_000);
});
