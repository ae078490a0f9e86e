import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import type { NewAccessKey } from "@/server/domain/customer/schemas";
import { unique } from "./support/accounts";
import { executable } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, programWithKey } from "./support/program";

const customerControl = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await promisify(execFile)(executable("customer-control"), args, { cwd: tmpdir() })).stdout) as Record<
    string,
    unknown
  >;

const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const title = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

test("a customer is created once, however often the button is pressed, and found everywhere", async ({
  page,
  api,
  sibling,
}) => {
  const mark = unique();
  const name = `Zoë & Söhne <b>${mark}</b> 🚀`;
  const email = `ops@${mark}.example`;
  await visit(page, "/customers/new");
  await expect(field(page, t("customers.name"))).toBeFocused();

  await test.step("what is wrong stands at its field, and focus goes to the first", async () => {
    await field(page, t("customers.name")).fill(name);
    await field(page, t("customers.email")).fill("ops@");
    await field(page, t("customers.webhookUri")).fill("ftp://example.com");
    await page.getByRole("button", { name: t("customers.create") }).click();
    await expect(field(page, t("customers.email"))).toBeFocused();
    await expect(field(page, t("customers.email"))).toHaveAccessibleDescription(/Enter an e-mail address/);
    await expect(field(page, t("customers.webhookUri"))).toHaveAccessibleDescription(/begins with https/);
    await field(page, t("customers.webhookUri")).fill("");
  });

  await test.step("an e-mail address that another customer has is told at the field", async () => {
    const other = await addCustomer(api);
    await field(page, t("customers.email")).fill(other.email.toUpperCase());
    await page.getByRole("button", { name: t("customers.create") }).click();
    await expect(field(page, t("customers.email"))).toHaveAccessibleDescription(/already|uses/i);
    await expect(field(page, t("customers.email"))).toBeFocused();
  });

  await field(page, t("customers.email")).fill(email);
  await Promise.all([
    page.getByText(t("customers.createdToast", { name })).waitFor(), // it does not stay
    page.getByRole("button", { name: t("customers.create") }).dblclick(),
  ]);
  await expect(title(page, name)).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect((await api.customer.list.query({ filter: { email } })).items.map((each) => each.id)).toEqual([id]);

  await test.step("siblings hear of it and read it; so does the shell", async () => {
    await expect.poll(() => sibling.heard(id)).toEqual(["customer_created"]);
    expect(await sibling.call("GET", `/v1/customers/${id}`)).toMatchObject({ status_code: 200, data: { name, email } });
    expect(await customerControl("customer", "get", "--id", id)).toMatchObject({ id, name, email });
  });

  await test.step("the list finds it by the beginning of its name", async () => {
    await page
      .getByRole("link", { name: t("nav.customers"), exact: true })
      .first()
      .click();
    await page.getByRole("searchbox", { name: t("customers.search") }).fill(`Zoë & Söhne <b>${mark}`);
    await expect(page.getByRole("table").getByRole("link")).toHaveText([name]);
    await expect(page).toHaveURL(/[?&]q=/);
  });

  await test.step("and by a filter that stands in the address", async () => {
    await visit(page, "/customers");
    await page.getByRole("button", { name: t("list.filter"), exact: true }).click();
    await page.getByRole("menuitem", { name: t("customers.emailIs") }).click();
    const value = field(page, t("customers.emailIs"));
    await value.fill("ops@");
    await value.press("Enter");
    await expect(value).toHaveAccessibleDescription(t("customers.emailWrong"));
    await value.fill(email);
    await value.press("Enter");
    await expect(page.getByRole("table").getByRole("link")).toHaveText([name]);
    await page.reload();
    await expect(page.getByRole("table").getByRole("link")).toHaveText([name]);
    await page.getByRole("button", { name: t("list.removeFilter", { filter: t("customers.emailIs") }) }).click();
    await expect(page).not.toHaveURL(/email=/);
  });

  await test.step("⌘K goes to it by its id", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: t("palette.title") }).fill(id.toUpperCase());
    await expect(page.getByRole("option", { name: email, selected: true })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(title(page, name)).toBeVisible();
  });
});

test("what a sibling creates and changes is on the page; what the page changes, siblings hear", async ({
  page,
  sibling,
}) => {
  const mark = unique();
  const created = await sibling.call("POST", "/v1/customers", { name: `Sibling ${mark}`, email: `${mark}@go.example` });
  expect(created.status_code).toBe(200);
  const { id } = created.data as { id: string };
  await visit(page, `/customers/${id}`);
  await expect(title(page, `Sibling ${mark}`)).toBeVisible();

  await page
    .getByRole("link", { name: t("common.edit"), exact: true })
    .first()
    .click();
  const name = field(page, t("customers.name"));
  await name.fill(`Renamed ${mark}`);
  await test.step("unsaved changes are asked for: by a link, and by the back button", async () => {
    for (const leave of [
      () =>
        page
          .getByRole("link", { name: t("nav.home"), exact: true })
          .first()
          .click(),
      () => page.evaluate(() => window.history.back()),
    ]) {
      await leave();
      await expect(page.getByRole("alertdialog", { name: t("forms.leaveTitle") })).toBeVisible();
      await expect(page.getByRole("button", { name: t("forms.stay") })).toBeFocused();
      await page.getByRole("button", { name: t("forms.stay") }).click();
      await expect(name).toHaveValue(`Renamed ${mark}`);
    }
  });
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(title(page, `Renamed ${mark}`)).toBeVisible();
  await expect.poll(() => sibling.heard(id)).toEqual(["customer_created", "customer_updated"]);
  expect(await sibling.call("GET", `/v1/customers/${id}`)).toMatchObject({ data: { name: `Renamed ${mark}` } });

  await test.step("the audit shows who changed what, from what to what", async () => {
    const tabs = page.getByRole("navigation", { name: `Renamed ${mark}` });
    await tabs.getByRole("link", { name: t("customers.tabAudit") }).click();
    await page.getByRole("link", { name: t("audit.actions.customer_update") }).click();
    const values = page.getByRole("table", { name: t("audit.values") });
    await expect(values.getByRole("row", { name: "name" })).toHaveText(`nameSibling ${mark}Renamed ${mark}`);
    await expect(page).toHaveURL(/entry=/);
    await expect(page.getByRole("row").filter({ hasText: t("audit.actions.customer_create") })).toContainText(
      "call-manager",
    );
  });
});

test("a list is paged by its address: next, previous, back, reload and sort", async ({ page, api }) => {
  const phoneNumber = `+1${BigInt(`0x${unique()}`) % 10_000_000_000n}`.padEnd(12, "0");
  const names = Array.from({ length: 30 }, (_, index) => `Page ${String(index + 1).padStart(2, "0")} ${unique()}`);
  for (const name of names) await addCustomer(api, { name, phoneNumber });
  const links = page.getByRole("table").getByRole("link");
  const newest = names.toReversed();

  await visit(page, `/customers?phone=${encodeURIComponent(phoneNumber)}&size=25`);
  await expect(links).toHaveText(newest.slice(0, 25));
  await expect(page.getByText(t("list.shownOf", { shown: 25, total: 30 }))).toBeVisible();
  await page.getByRole("link", { name: t("list.next"), exact: true }).click();
  await expect(links).toHaveText(newest.slice(25));
  await expect(page).toHaveURL(/cursor=/);
  await page.reload();
  await expect(links).toHaveText(newest.slice(25));
  await page.goBack();
  await expect(links).toHaveText(newest.slice(0, 25));
  await page.goForward();
  await expect(links).toHaveText(newest.slice(25));
  await page.getByRole("link", { name: t("list.previous"), exact: true }).click();
  await expect(links).toHaveText(newest.slice(0, 25));

  await page
    .getByRole("columnheader", { name: t("customers.name") })
    .getByRole("button")
    .click();
  await expect(links).toHaveText(names.slice(0, 25));
  await expect(page).toHaveURL(/sort=name/);
});

test("a deletion says what goes with it, wants the name, shows its progress, and can be undone", async ({
  page,
  api,
  sibling,
}) => {
  const customer = await addCustomer(api);
  const made: NewAccessKey[] = [];
  for (const name of ["CRM", "Billing", "Dialler"])
    made.push(await api.accessKey.create.mutate({ customerId: customer.id, name }));
  const token = made[0]?.token ?? "";
  expect(await codeOf(programWithKey(token).customer.get.query({ id: customer.id }))).toBe("ok");
  await expect.poll(async () => (await api.accessKey.get.query({ id: made[0]?.key.id ?? "" })).tmUsed).not.toBe("");

  await visit(page, `/customers?q=${encodeURIComponent(customer.name)}`);
  const openDialog = async () => {
    await page.getByRole("button", { name: t("common.actionsFor", { name: customer.name }) }).click();
    await page.getByRole("menuitem", { name: t("customers.deleteMenu") }).click();
  };
  await openDialog();
  const dialog = page.getByRole("alertdialog", { name: t("delete.title", { name: customer.name }) });
  await expect(dialog.getByRole("button", { name: t("delete.keep") })).toBeFocused();
  await expect(dialog).toContainText(t("delete.parts.access-keys", { count: 3 }));
  await expect(dialog).toContainText("1 used in the last 7 days");

  const confirm = dialog.getByRole("textbox", { name: t("delete.confirm", { name: customer.name }) });
  await confirm.fill(customer.name.toLowerCase());
  await dialog.getByRole("button", { name: t("delete.submit") }).click();
  await expect(confirm).toHaveAccessibleDescription(t("delete.wrongName"));
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect((await api.customer.get.query({ id: customer.id })).deletion).toBeNull();

  await page.getByRole("button", { name: t("customers.deleteMenu") }).click();
  await confirm.fill(customer.name);
  await dialog.getByRole("button", { name: t("delete.submit") }).click();
  await expect(page.getByText(t("delete.done", { name: customer.name }))).toBeVisible();
  await expect(page.getByRole("heading", { name: t("deletion.done"), exact: true })).toBeVisible();
  await expect(page.getByText(t("deletion.count", { done: 3, total: 3 }), { exact: true })).toBeVisible();
  await expect.poll(() => sibling.heard(customer.id)).toEqual(["customer_created", "customer_deleted"]);
  for (const { key } of made)
    await expect.poll(() => sibling.heard(key.id)).toEqual(["accesskey_created", "accesskey_deleted"]);
  expect(await codeOf(programWithKey(token).customer.get.query({ id: customer.id }))).toBe("UNAUTHORIZED");

  await visit(page, `/customers?view=deleted&q=${encodeURIComponent(customer.name)}`);
  await page.getByRole("button", { name: t("customers.restoreNamed", { name: customer.name }) }).click();
  await expect(page.getByText(t("customers.restored", { name: customer.name }))).toBeVisible();
  await expect(page.getByText(t("list.nothingTitle"))).toBeVisible();
  await expect
    .poll(() => sibling.heard(customer.id))
    .toEqual(["customer_created", "customer_deleted", "customer_created"]);
  await expect.poll(() => codeOf(programWithKey(token).customer.get.query({ id: customer.id }))).toBe("ok");
});
