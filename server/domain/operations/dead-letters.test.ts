import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "@/server/kernel/context";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { discardDeadLetters, getDeadLetter, listDeadLetters, replayDeadLetters, type DeadLetterStore } from ".";

let installation: TestInstallation;
let lying: string[] = [];
/** A queue in memory; what it is told to work on is gone. */
const store: DeadLetterStore = {
  count: () => Promise.resolve(lying.length),
  peek: (limit) => Promise.resolve(lying.slice(0, limit).map(letter)),
  find: (id) => Promise.resolve(lying.includes(id) ? letter(id) : null),
  replay: take,
  discard: take,
};

beforeAll(async () => {
  installation = await openTestInstallation({ deadLetters: store });
});
afterAll(() => installation.drop());

const letter = (id: string) => ({
  id,
  queue: "q",
  exchange: "",
  reason: "not JSON",
  firstDeath: "2026-01-01T00:00:00.000Z",
  deaths: 1,
  messageId: "",
  size: 1,
  excerpt: "{",
});

function take(which: Parameters<DeadLetterStore["replay"]>[0]): ReturnType<DeadLetterStore["replay"]> {
  const asked = "ids" in which ? which.ids : lying.slice(which.skip, which.skip + which.most);
  const done = asked.filter((id) => lying.includes(id));
  lying = lying.filter((id) => !done.includes(id));
  return Promise.resolve({ done, refused: [], missing: asked.filter((id) => !done.includes(id)) });
}

const entries = (): Promise<{ action: string; resource_id: string }[]> =>
  installation.rows("select action, resource_id from admin_audit order by tm_create, resource_id");

it("a page of the oldest says how many there are, and one can be looked at", async () => {
  const ctx = installation.context();
  lying = ["a", "b", "c"];
  expect(await listDeadLetters(ctx, { limit: 2 })).toMatchObject({ items: [{ id: "a" }, { id: "b" }], total: 3 });
  expect(await getDeadLetter(ctx, { id: "c" })).toMatchObject({ reason: "not JSON" });
  await expect(getDeadLetter(ctx, { id: "gone" })).rejects.toMatchObject({ reason: "DEAD_LETTER_NOT_FOUND" });
});

it("each letter that is replayed or discarded leaves an audit entry, and a repeat does nothing more", async () => {
  const ctx = installation.context();
  lying = ["a", "b", "c"];
  expect(await replayDeadLetters(ctx, { ids: ["a", "b"] })).toEqual({ done: ["a", "b"], refused: [], missing: [] });
  expect(await replayDeadLetters(ctx, { ids: ["a", "b"] })).toEqual({ done: [], refused: [], missing: ["a", "b"] });
  expect(await discardDeadLetters(ctx, { most: 50 })).toMatchObject({ done: ["c"] });
  expect((await entries()).map(({ action, resource_id }) => `${action} ${resource_id}`)).toEqual([
    "dead-letter.replay a",
    "dead-letter.replay b",
    "dead-letter.replay a",
    "dead-letter.replay b",
    "dead-letter.discard oldest",
  ]);
});

it("nothing is done that could not be noted, and a broker that is away is told as such", async () => {
  lying = ["a"];
  const unable: Context = installation.context({ rights: new Set(["dead-letter:read"]) });
  await expect(discardDeadLetters(unable, { ids: ["a"] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const away = installation.context();
  away.ports = { ...away.ports, deadLetters: { ...store, peek: () => Promise.reject(new Error("no connection")) } };
  await expect(listDeadLetters(away, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(lying).toEqual(["a"]);
});
