import type { Locator, Page } from "@playwright/test";
import { addAdmin, unique } from "./support/accounts";
import { copyFrom } from "./support/clipboard";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";
import { codeOf } from "./support/program";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const title = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 });
const create = (page: Page) => page.getByRole("button", { name: t("extensions.create"), exact: true });

/** Copies the password of the dialog that shows it once, and closes it. */
async function takePassword(dialog: Locator): Promise<string> {
  const password = await copyFrom(dialog, t("sip.copyPassword"));
  await dialog.getByRole("checkbox", { name: t("sip.stored") }).check();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(dialog).toBeHidden();
  return password;
}

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: t("common.actionsFor", { name }), exact: true }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("an extension is created for a customer who is found by name; its password is shown once, and nowhere afterwards", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api, { name: `Aldgate ${unique()}` });
  await visit(page, "/sip/extensions/new");
  const picker = page.getByRole("combobox", { name: t("sip.customer") });
  await picker.fill(customer.name.slice(0, 12));
  await page.getByRole("option", { name: customer.name }).click();
  await expect(picker).toHaveValue(customer.name);
  await field(page, t("extensions.number")).fill("1001");
  await field(page, t("sip.name")).fill("Front desk");
  await create(page).dblclick();

  const dialog = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1001 (Front desk)" }) });
  await expect(dialog.getByRole("button", { name: t("sip.copyPassword") })).toBeFocused();
  const stored = dialog.getByRole("checkbox", { name: t("sip.stored") });
  for (const stray of [
    () => page.keyboard.press("Escape"),
    () => page.mouse.click(4, 4),
    () => dialog.getByRole("button", { name: t("common.done") }).click(),
  ]) {
    await stray();
    await expect(stored).toHaveAccessibleDescription(t("sip.storeFirst"));
  }
  await expect(dialog).toContainText(`sip:1001@${customer.id}.`);
  const password = await takePassword(dialog);
  expect(password).toMatch(/^[A-Za-z2-9]{20}$/);
  await expect(title(page, "1001 (Front desk)")).toBeVisible();

  const { items } = await api.extension.list.query({ filter: { customerId: customer.id } });
  expect(items.map(({ extension }) => extension)).toEqual(["1001"]);
  for (const path of [
    `/sip/extensions/${items[0]?.id}`,
    `/sip/extensions?customer=${customer.id}`,
    `/activity/audit?resource=${items[0]?.id}`,
  ]) {
    await visit(page, path);
    await expect(page.getByText("1001").first()).toBeVisible();
    expect(await page.content()).not.toContain(password);
  }
});

test("what is entered badly is said at its field, and nothing is created", async ({ page, api }) => {
  const customer = await addCustomer(api);
  await visit(page, `/sip/extensions/new?customer=${customer.id}`);
  const number = field(page, t("extensions.number"));
  for (const [bad, said] of [
    ["", /Enter a number/],
    ["10 01", /letters, digits/],
    ["1001;tag", /letters, digits/],
    ["a".repeat(41), /at most 40/],
  ] as const) {
    await number.fill(bad);
    await create(page).click();
    await expect(number).toHaveAccessibleDescription(said);
    await expect(number).toBeFocused();
  }
  await number.fill("1001");
  await page.getByRole("radio", { name: t("sip.own") }).check();
  await create(page).click();
  await expect(page.getByLabel(t("sip.ownPassword"), { exact: true })).toHaveAccessibleDescription(
    /Enter the password/,
  );
  expect((await api.extension.list.query({ filter: { customerId: customer.id } })).items).toEqual([]);

  await api.extension.create.mutate({ customerId: customer.id, extension: "1001" });
  await page.getByLabel(t("sip.ownPassword"), { exact: true }).fill("a password of my own");
  await create(page).click();
  await expect(number).toHaveAccessibleDescription(/already/);
  await number.fill("1002");
  await create(page).click();
  const dialog = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1002" }) });
  expect(await takePassword(dialog)).toBe("a password of my own");

  await visit(page, "/sip/extensions/new");
  await number.fill("1003");
  await create(page).click();
  await expect(page.getByRole("combobox", { name: t("sip.customer") })).toHaveAccessibleDescription(
    /Choose a customer/,
  );
});

test("an extension is found by number, name and account, in the list and by ⌘K, and shows the phone that is registered", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api);
  const number = `7${parseInt(unique().slice(0, 6), 16)}`;
  const { extension } = await api.extension.create.mutate({
    customerId: customer.id,
    extension: number,
    name: `Ticket booth ${number}`,
  });
  await registerPhone(extension);
  await visit(page, "/sip/extensions");
  const search = page.getByRole("searchbox", { name: t("extensions.search") });
  const row = page.getByRole("row").filter({ hasText: number });
  for (const text of [number.slice(0, 7), `Ticket booth ${number}`, extension.endpointId, extension.id]) {
    await search.fill(text);
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(t("extensions.registered", { count: 1 }));
    await expect(row).toContainText("Yealink SIP-T54W");
    await expect(row).toContainText("198.51.100.24:5062");
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: t("palette.title") }).fill(extension.endpointId);
  await page.getByRole("option", { name: new RegExp(number) }).click();
  await expect(title(page, new RegExp(number))).toBeVisible();
  await expect(page.getByText("Yealink SIP-T54W 96.86.0.70").first()).toBeVisible();
});

test("of two who edit an extension the second is told what the first has changed", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const { extension } = await api.extension.create.mutate({
    customerId: customer.id,
    extension: "1001",
    name: "Before",
  });
  await visit(page, `/sip/extensions/${extension.id}/edit`);
  await api.extension.update.mutate({ id: extension.id, name: "Theirs", detail: "their notes" });
  await field(page, t("sip.name")).fill("Mine");
  await page.getByRole("button", { name: t("common.save") }).click();
  const note = page.getByRole("alert").filter({ hasText: "Theirs" });
  await expect(note).toContainText("their notes");
  expect(await api.extension.get.query({ id: extension.id })).toMatchObject({ name: "Theirs" });
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(title(page, "1001 (Mine)")).toBeVisible();
  expect(await api.extension.get.query({ id: extension.id })).toMatchObject({ name: "Mine", detail: "their notes" });
});

test("a password can be made anew and looked at, which is written down; support may do neither", async ({
  page,
  api,
  openPage,
}) => {
  const customer = await addCustomer(api);
  const { extension, password: first } = await api.extension.create.mutate({
    customerId: customer.id,
    extension: "1001",
  });
  await registerPhone(extension);
  await visit(page, `/sip/extensions/${extension.id}`);
  await act(page, "1001", t("sip.rotate"));
  const question = page.getByRole("alertdialog", { name: t("extensions.rotateTitle", { name: "1001" }) });
  await expect(question).toContainText(t("extensions.rotatePhones", { count: 1 }));
  await expect(question.getByRole("button", { name: t("common.cancel") })).toBeFocused();
  await question.getByRole("button", { name: t("sip.rotateSubmit") }).click();
  const made = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1001" }) });
  const second = await takePassword(made);
  expect(second).not.toBe(first);

  await act(page, "1001", t("sip.reveal"));
  await page
    .getByRole("alertdialog", { name: t("extensions.revealTitle", { name: "1001" }) })
    .getByRole("button", { name: t("sip.revealSubmit") })
    .click();
  const revealed = page.getByRole("dialog", { name: t("extensions.revealedTitle", { name: "1001" }) });
  await expect(revealed).toContainText(second);
  await page.keyboard.press("Escape");
  await expect(revealed).toBeHidden();
  expect(await page.content()).not.toContain(second);
  const actions = (await api.audit.list.query({ filter: { resourceId: extension.id } })).items.map(
    ({ action }) => action,
  );
  expect(actions).toEqual(["extension.reveal-password", "extension.rotate-password", "extension.create"]);

  const theirs = await openPage(await addAdmin("support"));
  await visit(theirs, `/sip/extensions/${extension.id}?dialog=reveal`);
  await expect(theirs.getByText(t("sip.hiddenFromYou"))).toBeVisible();
  await expect(theirs.getByRole("alertdialog")).toHaveCount(0);
  await expect(theirs.getByRole("button", { name: t("common.actionsFor", { name: "1001" }) })).toHaveCount(0);
  for (const path of [`/sip/extensions/${extension.id}/edit`, "/sip/extensions/new"]) {
    await visit(theirs, path);
    await expect(theirs.getByText(t("states.forbiddenTitle"))).toBeVisible();
  }
  expect(await codeOf(api.extension.revealPassword.mutate({ id: extension.id }))).toBe("ok");
});

test("before an extension is deleted its phones are named and its number is typed; it comes back with a new password", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api);
  const { extension, password: first } = await api.extension.create.mutate({
    customerId: customer.id,
    extension: "1001",
  });
  await registerPhone(extension);
  await visit(page, `/sip/extensions?customer=${customer.id}`);
  await act(page, "1001", t("sip.delete"));
  const question = page.getByRole("alertdialog", { name: t("extensions.deleteTitle", { name: "1001" }) });
  await expect(question).toContainText("Yealink SIP-T54W");
  await expect(question.getByRole("button", { name: t("sip.keep") })).toBeFocused();
  const typed = question.getByRole("textbox", { name: t("extensions.deleteConfirm", { identifier: "1001" }) });
  await typed.fill("1002");
  await question.getByRole("button", { name: t("extensions.deleteSubmit") }).click();
  await expect(typed).toHaveAccessibleDescription(t("extensions.deleteWrong"));
  await typed.fill("1001");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("extensions.deletedToast", { name: "1001" }))).toBeVisible();

  await page.getByRole("button", { name: t("sip.restore") }).click();
  const back = page.getByRole("alertdialog", { name: t("extensions.restoreTitle", { name: "1001" }) });
  await back.getByRole("button", { name: t("sip.restoreSubmit") }).click();
  const made = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1001" }) });
  expect(await takePassword(made)).not.toBe(first);
  await expect(page.getByText(t("registrations.none"))).toBeVisible();
  expect(await api.extension.get.query({ id: extension.id })).toMatchObject({ registrations: [], extension: "1001" });
});

test("an extension is created, changed and deleted by the keyboard alone", async ({ page, api }) => {
  const customer = await addCustomer(api, { name: `Keyboard ${unique()}` });
  await visit(page, "/settings");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: t("palette.title") })).toBeFocused();
  await page.keyboard.type(t("extensions.create"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: t("sip.customer") })).toBeFocused();
  await page.keyboard.type(customer.name);
  await expect(page.getByRole("option", { name: customer.name })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1001");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1001" }) });
  await expect(dialog.getByRole("button", { name: t("sip.copyPassword") })).toBeFocused();
  await dialog.getByRole("checkbox", { name: t("sip.stored") }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(title(page, "1001")).toBeVisible();

  const { pathname } = new URL(page.url());
  await visit(page, `${pathname}/edit`);
  await field(page, t("sip.name")).focus();
  await page.keyboard.type("Hall");
  await page.keyboard.press("Enter");
  await expect(title(page, "1001 (Hall)")).toBeVisible();

  await page.getByRole("button", { name: t("common.actionsFor", { name: "1001 (Hall)" }), exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: t("extensions.deleteTitle", { name: "1001 (Hall)" }) });
  await expect(question.getByRole("button", { name: t("sip.keep") })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("extensions.deletedToast", { name: "1001 (Hall)" }))).toBeVisible();
});
