import type { Locator, Page } from "@playwright/test";
import type { DriftKind } from "@/server/domain/registrar/drift/schemas";
import { addAdmin, signIn, unique } from "./support/accounts";
import { asteriskRows } from "./support/asterisk";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { inspect } from "./support/inspect";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";
import { codeOf, programOf, type Program } from "./support/program";

const PASSWORD = "a-password-of-the-phone";

/** A customer whose accounts in Asterisk's tables are each wrong in another way, and where. */
async function spoil(api: Program): Promise<{ customerId: string; wrong: Record<string, DriftKind> }> {
  const { id: customerId } = await addCustomer(api, { name: `Drift ${unique()}` });
  const add = async (extension: string) =>
    (await api.extension.create.mutate({ customerId, extension, password: PASSWORD })).extension;
  const missing = await add("1001");
  const credential = await add("1002");
  const realm = await add("1003");
  await asteriskRows("delete from ps_aors where id = ?", [missing.endpointId]);
  await asteriskRows("update ps_auths set password = 'changed-by-hand' where id = ?", [credential.endpointId]);
  await asteriskRows("update ps_auths set realm = 'elsewhere.example' where id = ?", [realm.endpointId]);
  const ghost = `1004@${realm.realm}`;
  await asteriskRows("insert into ps_aors (id) values (?)", [ghost]);
  await asteriskRows(
    "insert into ps_auths (id, auth_type, username, password) values (?, 'userpass', '1004', 'password-of-a-ghost')",
    [ghost],
  );
  const gone = { endpointId: `1005@${realm.realm}`, extension: "1005" };
  await registerPhone(gone);
  return {
    customerId,
    wrong: {
      [missing.endpointId]: "missing",
      [credential.endpointId]: "credential",
      [realm.endpointId]: "realm",
      [ghost]: "orphan",
      [gone.endpointId]: "contact",
    },
  };
}

const address = (customerId: string): string => `/operations/drift?customer=${customerId}`;
const rowOf = (page: Page, subject: string): Locator => page.getByRole("row").filter({ hasText: subject });
const lookNow = (page: Page): Locator => page.getByRole("button", { name: t("drift.lookNow"), exact: true });

/** Compares everything. A comparison that was under way may have passed by before: then another one is asked for. */
async function look(page: Page, seen: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await lookNow(page).click({ timeout: 10_000 });
    await expect(lookNow(page)).toBeEnabled({ timeout: 60_000 });
    await seen();
  }).toPass({ timeout: 180_000 });
}

test("what differs is named, planned, repaired one by one and all at once, and written down", async ({ page, api }) => {
  test.setTimeout(400_000);
  const { customerId, wrong } = await spoil(api);
  await visit(page, address(customerId));
  const subjects = Object.keys(wrong);
  await look(page, async () => {
    for (const subject of subjects) await expect(rowOf(page, subject)).toBeVisible({ timeout: 2_000 });
  });
  for (const [subject, kind] of Object.entries(wrong))
    await expect(rowOf(page, subject)).toContainText(t(`drift.kinds.${kind}`));
  await inspect(page);

  // By keys alone: a plan is opened, read and carried out. What is secret is in neither.
  const [subject = ""] = subjects.filter((each) => wrong[each] === "credential");
  await rowOf(page, subject).getByRole("link").focus();
  await page.keyboard.press("Enter");
  const plan = page.getByLabel(t("drift.plan"));
  await expect(plan).toContainText(`update asterisk.ps_auths  ${subject}`);
  await expect(plan).toContainText("password = ••••••••");
  for (const secret of [PASSWORD, "changed-by-hand", "password-of-a-ghost"])
    expect(await page.content()).not.toContain(secret);
  await inspect(page);
  await plan.focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: t("drift.repair"), exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("drift.repaired"), { exact: true })).toBeVisible();
  await expect(rowOf(page, subject)).toHaveCount(0);
  expect(await asteriskRows("select password from ps_auths where id = ?", [subject])).toEqual([{ password: PASSWORD }]);

  await page.getByRole("button", { name: t("drift.repairMatching") }).click();
  const question = page.getByRole("alertdialog", { name: t("drift.repairManyTitle", { count: 4 }) });
  await inspect(page);
  await question.getByRole("button", { name: t("drift.repairManyVerb", { count: 4 }) }).click();
  await expect
    .poll(async () => (await api.drift.list.query({ filter: { customerId } })).items.length, { timeout: 60_000 })
    .toBe(0);
  await visit(page, address(customerId));
  await look(page, async () => {
    await expect(page.getByRole("table")).toHaveCount(0, { timeout: 2_000 });
    for (const each of subjects) await expect(page.getByText(each)).toHaveCount(0, { timeout: 2_000 });
  });

  const held = async (table: string): Promise<string[]> => {
    const sql = `select id from ${table} where id like ? order by id`;
    return (await asteriskRows<{ id: string }>(sql, [`%@${customerId}.%`])).map(({ id }) => id.split("@")[0] ?? "");
  };
  for (const table of ["ps_aors", "ps_auths", "ps_endpoints"])
    expect(await held(table), table).toEqual(["1001", "1002", "1003"]);
  expect(await held("ps_contacts")).toEqual([]);
  const { items } = await api.audit.list.query({ filter: { customerId, action: "drift.repair" } });
  expect(items.map(({ before }) => Object.keys(before ?? {}).join()).sort()).toEqual(Object.values(wrong).sort());
  expect(JSON.stringify(items)).not.toMatch(new RegExp(`${PASSWORD}|changed-by-hand|password-of-a-ghost`));
  await visit(page, `/activity/audit?customer=${customerId}&action=drift.repair`);
  await expect(page.getByRole("link", { name: t("audit.actions.drift_repair") })).toHaveCount(5);
});

test("who may only look sees what differs and what a repair would write, and repairs nothing", async ({
  page,
  api,
  openPage,
}) => {
  test.setTimeout(400_000);
  const { customerId, wrong } = await spoil(api);
  const [subject = ""] = Object.keys(wrong);
  await visit(page, address(customerId));
  await look(page, () => expect(rowOf(page, subject)).toBeVisible({ timeout: 2_000 }));

  const support = await addAdmin("support");
  const theirs = await openPage(support);
  await visit(theirs, address(customerId));
  await rowOf(theirs, subject).getByRole("link").click();
  await expect(theirs.getByLabel(t("drift.plan"))).toContainText("insert asterisk.ps_aors");
  await expect(lookNow(theirs)).toBeVisible();
  for (const name of [t("drift.repair"), t("drift.repairAll"), t("drift.repairMatching")])
    await expect(theirs.getByRole("button", { name, exact: true })).toHaveCount(0);
  await expect(theirs.getByRole("checkbox")).toHaveCount(0);

  const asked = programOf(await signIn(support));
  const [finding] = (await asked.drift.list.query({ filter: { customerId } })).items;
  expect(await codeOf(asked.drift.repair.mutate({ id: finding?.id ?? "" }))).toBe("FORBIDDEN");
  expect(await codeOf(asked.drift.repairMany.mutate({ filter: { customerId } }))).toBe("FORBIDDEN");
  expect((await api.drift.list.query({ filter: { customerId } })).items).toHaveLength(5);

  const reader = await openPage(await addAdmin("billing-read"));
  await reader.goto(address(customerId));
  await expect(reader.getByText(subject)).toHaveCount(0);
  await expect(reader.getByRole("heading", { name: t("nav.drift"), level: 1 })).toHaveCount(0);
});
