import { afterAll, beforeAll, expect, test } from "vitest";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { rightsOf } from "@/server/kernel/permissions";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAdmin } from "@/server/testing/rights/tenant";
import { deleteView, listViews, saveView, setDefaultView } from ".";
import { VIEWS_MOST } from "./schemas";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation()));
afterAll(() => installation.drop());

const list = "customers";
const fields = { list, query: "?name=Acme", hidden: ["phone"] };

async function somebody(): Promise<Context> {
  const { adminId, sessionId } = await createAdmin(installation, "support", null);
  return installation.context({
    actor: { type: "admin", id: adminId, name: "Kim", role: "support", customerId: null, sessionId },
    tenant: EVERYONE,
    rights: rightsOf("support", null),
  });
}
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isDomainError(error) ? error.reason : String(error)),
  );

test("views are kept, renamed, made the default and deleted, each person's own", async () => {
  const [kim, other] = [await somebody(), await somebody()];
  const view = await saveView(kim, { ...fields, name: " Acme " });
  expect(await listViews(kim, { list })).toEqual({
    views: [{ id: view.id, name: "Acme", query: "?name=Acme", hidden: ["phone"] }],
    defaultId: null,
  });
  await saveView(kim, { ...fields, id: view.id, name: "All of Acme", query: "" });
  await setDefaultView(kim, { list, id: view.id });
  expect(await listViews(kim, { list })).toMatchObject({
    views: [{ name: "All of Acme", query: "" }],
    defaultId: view.id,
  });
  expect(await listViews(kim, { list: "jobs" })).toEqual({ views: [], defaultId: null });
  expect(await listViews(other, { list })).toEqual({ views: [], defaultId: null });
  expect(await reasonOf(saveView(other, { ...fields, id: view.id, name: "Mine" }))).toBe("VIEW_NOT_FOUND");
  expect(await reasonOf(deleteView(other, { list, id: view.id }))).toBe("VIEW_NOT_FOUND");
  await deleteView(kim, { list, id: view.id });
  expect(await listViews(kim, { list })).toEqual({ views: [], defaultId: null });
});

test("a name is used once, and there is room for so many views and no more", async () => {
  const kim = await somebody();
  await saveView(kim, { ...fields, name: "First" });
  expect(await reasonOf(saveView(kim, { ...fields, name: "first" }))).toBe("INVALID_INPUT");
  expect(await reasonOf(saveView(kim, { ...fields, name: "x".repeat(61) }))).toBe("INVALID_INPUT");
  expect(await reasonOf(saveView(kim, { ...fields, name: "Long", query: `?q=${"x".repeat(2_000)}` }))).toBe(
    "INVALID_INPUT",
  );
  const save = (index: number) => reasonOf(saveView(kim, { ...fields, name: `View ${index}` }));
  for (let index = 0; index < VIEWS_MOST - 4; index++) expect(await save(index)).toBe("done");
  const saved = await Promise.all([100, 101, 102, 103, 104, 105].map(save)); // there is room for three
  expect(saved.filter((reason) => reason === "done")).toHaveLength(3);
  expect(new Set(saved)).toEqual(new Set(["done", "TOO_MANY_VIEWS"]));
  expect((await listViews(kim, { list })).views).toHaveLength(VIEWS_MOST);
});
