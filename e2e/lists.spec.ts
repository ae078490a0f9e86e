import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { unique } from "./support/accounts";
import { expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import type { Program } from "./support/program";

/** Customers of one name, so that a filter finds them and no others. */
async function addCustomers(api: Program, count: number) {
  const name = `List ${unique()}`;
  const made = [];
  for (let index = 0; index < count; index++)
    made.push(await api.customer.create.mutate({ name, email: `${unique()}@list.example` }));
  return { name, emails: made.map(({ email }) => email), made, path: `/customers?name=${encodeURIComponent(name)}` };
}

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") });
const tick = (page: Page, index: number) => rows(page).nth(index).getByRole("checkbox");
const selection = (page: Page) => page.getByRole("region", { name: t("list.selection") });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: t("list.views") }).getByRole("link", { name });

test("a view keeps filters and columns under a name, says when it is changed, and can open the list", async ({
  page,
  api,
}) => {
  const { path } = await addCustomers(api, 2);
  const name = `View ${unique()}`;
  await visit(page, path);
  await page.getByRole("button", { name: t("list.saveAsView") }).click();
  const field = page.getByRole("textbox", { name: t("list.viewName") });
  await expect(field).toBeFocused();
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(t("list.viewNameMissing"));
  await field.fill(name);
  await field.press("Enter");
  await expect(tab(page, name)).toHaveAttribute("aria-current", "page");

  await test.step("elsewhere the list is as it was; the tab brings the filters back", async () => {
    await tab(page, t("customers.viewDeleted")).click();
    await expect(tab(page, t("customers.viewDeleted"))).toHaveAttribute("aria-current", "page");
    await tab(page, name).click();
    await expect(rows(page)).toHaveCount(2);
  });

  await test.step("a change is marked until it is saved", async () => {
    await page.getByRole("button", { name: t("list.columns") }).click();
    await page.getByRole("menuitemcheckbox", { name: t("customers.phone") }).click();
    await page.keyboard.press("Escape");
    await expect(tab(page, name)).toContainText(t("list.viewChanged"));
    await page.getByRole("button", { name: t("list.saveView"), exact: true }).click();
    await expect(tab(page, name)).not.toContainText(t("list.viewChanged"));
    await page.reload();
    await expect(page.getByRole("columnheader", { name: t("customers.webhook") })).toBeVisible();
    await expect(page.getByRole("columnheader", { name: t("customers.phone") })).toHaveCount(0);
  });

  await test.step("the list opens with it when asked to, and all rows stay within reach", async () => {
    await visit(page, new URL(page.url()).pathname + new URL(page.url()).search);
    await page.getByRole("button", { name: t("list.viewActions", { name }) }).click();
    await page.getByRole("menuitem", { name: t("list.defaultView") }).click();
    await expect(page.getByText(t("list.defaultViewSaved"))).toBeVisible();
    await visit(page, "/customers");
    await expect(tab(page, name)).toHaveAttribute("aria-current", "page");
    await tab(page, t("customers.viewLive")).click();
    await expect(tab(page, t("customers.viewLive"))).toHaveAttribute("aria-current", "page");
  });

  await test.step("deleted, it is gone", async () => {
    await tab(page, name).click();
    await page.getByRole("button", { name: t("list.viewActions", { name }) }).click();
    await page.getByRole("menuitem", { name: t("list.deleteView") }).click();
    await expect(tab(page, name)).toHaveCount(0);
  });
});

test("rows are chosen one by one, by a range, as the page, or as all that match, by keyboard too", async ({
  page,
  api,
}) => {
  const { path } = await addCustomers(api, 27);
  await visit(page, `${path}&size=25`);
  await tick(page, 1).focus();
  await page.keyboard.press("Space");
  await tick(page, 4).click({ modifiers: ["Shift"] });
  await expect(selection(page)).toContainText(t("list.chosen", { count: "4" }));
  await selection(page)
    .getByRole("button", { name: t("list.chooseAllOfPage", { count: "25" }) })
    .click();
  await expect(selection(page)).toContainText(t("list.chosen", { count: "25" }));
  await selection(page)
    .getByRole("button", { name: t("list.chooseAll", { count: "27" }) })
    .click();
  await expect(selection(page)).toContainText(t("list.chosenAll", { count: "27" }));
  await tick(page, 0).click();
  await expect(selection(page)).toContainText(t("list.chosen", { count: "24" }));
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await selection(page)
    .getByRole("button", { name: t("list.clearSelection") })
    .click();
  await expect(selection(page)).toHaveCount(0);
});

test("many customers are deleted as a job that can be left, found again and taken back", async ({ page, api }) => {
  const { name, path } = await addCustomers(api, 30);
  const count = async () => (await api.customer.list.query({ filter: { name, deleted: false } })).total.count;
  await visit(page, `${path}&size=25`);
  await page.getByRole("checkbox", { name: t("list.choosePage") }).check();
  await selection(page)
    .getByRole("button", { name: t("list.chooseAll", { count: "30" }) })
    .click();
  await selection(page)
    .getByRole("button", { name: t("customers.deleteMany") })
    .click();
  const dialog = page.getByRole("alertdialog", { name: t("customers.deleteManyTitle", { count: 30 }) });
  await expect(dialog.getByRole("button", { name: t("common.cancel") })).toBeFocused();
  const submit = dialog.getByRole("button", { name: t("customers.deleteManyVerb", { count: 30 }) });
  await submit.click();
  await expect(dialog.getByRole("textbox")).toBeFocused();
  expect(await count()).toBe(30);
  await dialog.getByRole("textbox").fill("30");
  await submit.click();
  await expect(dialog).toHaveCount(0);

  const ended = page.getByText(t("jobs.ended", { name: t("jobs.types.customer-delete-many"), count: 30 }));
  await expect(ended).toBeVisible({ timeout: 60_000 });
  expect(await count()).toBe(0);
  await page.getByRole("button", { name: t("common.undo") }).click();
  await expect(page).toHaveURL(/operations\/jobs\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("jobs.types.customer-restore-many"));
  await expect.poll(count, { timeout: 60_000 }).toBe(30);
  await expect(page.getByText(t("jobs.count", { done: "30", total: "30" })).first()).toBeVisible();

  await visit(page, "/operations/jobs?view=mine");
  await expect(rows(page).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("a list is downloaded with its filters and columns", async ({ page, api }) => {
  const { path, emails } = await addCustomers(api, 3);
  await visit(page, path);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: t("list.export") }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^customers-.*\.csv$/);
  const [head = "", ...lines] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(head).toBe("\ufeffid,name,email,deleted,phoneNumber,webhookMethod,webhookUri,created");
  expect(lines).toHaveLength(3);
  for (const email of emails) expect(lines.some((line) => line.includes(email))).toBe(true);
});

test("what one person changes shows to another, marked, and moves nothing under the eyes", async ({ page, api }) => {
  const { path, name, made } = await addCustomers(api, 3);
  await visit(page, path);
  await expect(rows(page)).toHaveCount(3);
  const oldest = made[0];
  if (oldest === undefined) throw new Error("no customer");
  const { id } = oldest;
  const phoneNumber = "+14155550142";
  await expect
    .poll(async () => {
      await api.customer.update.mutate({ id, name, phoneNumber });
      return await rows(page).nth(2).textContent();
    })
    .toContain(phoneNumber);
  await expect(rows(page).nth(2)).toHaveClass(/is-changed/);

  await api.customer.create.mutate({ name, email: `${unique()}@list.example` });
  const waiting = page.getByRole("button", { name: t("list.changesWaiting", { count: 1 }) });
  await expect(waiting).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await waiting.click();
  await expect(rows(page)).toHaveCount(4);
  await expect(waiting).toHaveCount(0);
});
