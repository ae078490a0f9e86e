import type { Locator, Page } from "@playwright/test";
import { addAdmin, unique } from "./support/accounts";
import { copyFrom } from "./support/clipboard";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const title = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });
const way = (page: Page, type: "basic" | "ip") => page.getByRole("checkbox", { name: t(`trunks.auth.${type}`) });
const create = (page: Page) => page.getByRole("button", { name: t("trunks.create"), exact: true });
const save = (page: Page) => page.getByRole("button", { name: t("common.save") });

async function takePassword(dialog: Locator): Promise<string> {
  const password = await copyFrom(dialog, t("sip.copyPassword"));
  await dialog.getByRole("checkbox", { name: t("sip.stored") }).check();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(dialog).toBeHidden();
  return password;
}

test("a trunk is created with a password, and its realm is seen while its name is typed", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const domain = `pbx-${unique()}`;
  await visit(page, `/sip/trunks/new?customer=${customer.id}`);
  await field(page, t("trunks.domainName")).fill(domain);
  await expect(field(page, t("trunks.domainName"))).toHaveAccessibleDescription(new RegExp(`${domain}\\.`));
  await create(page).click();
  await expect(field(page, t("trunks.user"))).toHaveAccessibleDescription(/user name/);
  await field(page, t("trunks.user")).fill("office");
  await create(page).click();
  const dialog = page.getByRole("dialog", { name: t("trunks.madeTitle", { name: domain }) });
  await expect(dialog.getByRole("button", { name: t("sip.copyPassword") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("checkbox", { name: t("sip.stored") })).toHaveAccessibleDescription(
    t("sip.storeFirst"),
  );
  const password = await takePassword(dialog);
  expect(password).toMatch(/^[A-Za-z2-9]{20}$/);
  await expect(title(page, domain)).toBeVisible();
  expect(await page.content()).not.toContain(password);

  await visit(page, "/sip/trunks");
  await page.getByRole("searchbox", { name: t("trunks.search") }).fill(domain);
  await expect(page.getByRole("table").getByRole("link", { name: domain })).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: t("palette.title") }).fill(domain);
  await page.getByRole("option", { name: new RegExp(domain) }).click();
  await expect(title(page, domain)).toBeVisible();
});

test("addresses are taken as they are pasted, each wrong one is named, and right ones are spelt as they are kept", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api);
  const domain = `carrier-${unique()}`;
  await visit(page, `/sip/trunks/new?customer=${customer.id}`);
  await field(page, t("trunks.domainName")).fill(domain);
  await way(page, "basic").uncheck();
  await create(page).click();
  await expect(way(page, "basic")).toBeFocused();
  await expect(page.getByText(/Choose at least one/)).toBeVisible();
  await way(page, "ip").check();
  const addresses = field(page, t("trunks.addresses"));
  await create(page).click();
  await expect(addresses).toHaveAccessibleDescription(/at least one address/);
  await addresses.fill("10.0.0.1/33\n192.0.2.1");
  await create(page).click();
  await expect(addresses).toHaveAccessibleDescription(/“10\.0\.0\.1\/33”: Enter an address/);
  expect((await api.trunk.list.query({ filter: { customerId: customer.id } })).items).toEqual([]);

  await addresses.fill("192.0.2.1, 198.51.100.77/24;2001:DB8:0:0::1\n192.0.2.1");
  await addresses.blur();
  await expect(addresses).toHaveValue("192.0.2.1\n198.51.100.0/24\n2001:db8::1");
  await create(page).click();
  await expect(title(page, domain)).toBeVisible();
  const [trunk] = (await api.trunk.list.query({ filter: { customerId: customer.id } })).items;
  expect(trunk).toMatchObject({ authTypes: ["ip"], allowedIps: ["192.0.2.1", "198.51.100.0/24", "2001:db8::1"] });

  // One that is known by its address gets a user name, and with it its first password.
  await visit(page, `/sip/trunks/${trunk?.id}/edit`);
  await way(page, "basic").check();
  await field(page, t("trunks.user")).fill("carrier");
  await save(page).click();
  await takePassword(page.getByRole("dialog", { name: t("trunks.madeTitle", { name: domain }) }));
  expect(await api.trunk.get.query({ id: trunk?.id ?? "" })).toMatchObject({
    authTypes: ["basic", "ip"],
    username: "carrier",
  });
});

test("a domain name that another trunk has is refused at its field", async ({ page, api }) => {
  const [mine, other] = [await addCustomer(api), await addCustomer(api)];
  const domain = `taken-${unique()}`;
  await api.trunk.create.mutate({ customerId: other.id, domainName: domain, authTypes: ["basic"], username: "x" });
  await visit(page, `/sip/trunks/new?customer=${mine.id}`);
  const name = field(page, t("trunks.domainName"));
  await field(page, t("trunks.user")).fill("office");
  for (const [bad, said] of [
    ["", /2 to 31/],
    ["1pbx", /beginning with a letter/],
    [domain.toUpperCase(), /already/],
  ] as const) {
    await name.fill(bad);
    await create(page).click();
    await expect(name).toHaveAccessibleDescription(said);
  }
});

test("addresses that somebody else has changed meanwhile are not overwritten unseen", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const fields = { domainName: `shared-${unique()}`, authTypes: ["ip" as const], allowedIps: ["192.0.2.1"] };
  const { trunk } = await api.trunk.create.mutate({ customerId: customer.id, ...fields });
  await visit(page, `/sip/trunks/${trunk.id}/edit`);
  await api.trunk.update.mutate({ id: trunk.id, ...fields, allowedIps: ["192.0.2.1", "203.0.113.9"] });
  await field(page, t("sip.name")).fill("Renamed here");
  await save(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "203.0.113.9" })).toBeVisible();
  await expect(field(page, t("trunks.addresses"))).toHaveValue("192.0.2.1\n203.0.113.9");
  await save(page).click();
  await expect(title(page, "Renamed here")).toBeVisible();
  expect(await api.trunk.get.query({ id: trunk.id })).toMatchObject({
    name: "Renamed here",
    allowedIps: ["192.0.2.1", "203.0.113.9"],
  });
});

test("a trunk's password is made anew and looked at, it is deleted by its name and restored; support may not", async ({
  page,
  api,
  openPage,
}) => {
  const customer = await addCustomer(api);
  const domain = `life-${unique()}`;
  const { trunk, password: first } = await api.trunk.create.mutate({
    customerId: customer.id,
    domainName: domain,
    authTypes: ["basic"],
    username: "office",
  });
  await visit(page, `/sip/trunks/${trunk.id}?dialog=rotate`);
  await page
    .getByRole("alertdialog", { name: t("trunks.rotateTitle", { name: domain }) })
    .getByRole("button", { name: t("sip.rotateSubmit") })
    .click();
  const made = page.getByRole("dialog", { name: t("trunks.madeTitle", { name: domain }) });
  const second = await takePassword(made);
  expect(second).not.toBe(first);
  await page.getByRole("button", { name: t("common.actionsFor", { name: domain }), exact: true }).click();
  await page.getByRole("menuitem", { name: t("sip.reveal") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("sip.revealSubmit") })
    .click();
  await expect(page.getByRole("dialog", { name: t("trunks.revealedTitle", { name: domain }) })).toContainText(second);
  await page.getByRole("button", { name: t("sip.hide") }).click();

  const theirs = await openPage(await addAdmin("support"));
  await visit(theirs, `/sip/trunks/${trunk.id}`);
  await expect(theirs.getByText(t("sip.hiddenFromYou"))).toBeVisible();
  await expect(theirs.getByRole("button", { name: t("common.actionsFor", { name: domain }) })).toHaveCount(0);

  await visit(page, `/sip/trunks/${trunk.id}?dialog=delete`);
  const question = page.getByRole("alertdialog", { name: t("trunks.deleteTitle", { name: domain }) });
  await question.getByRole("button", { name: t("trunks.deleteSubmit") }).click();
  const typed = question.getByRole("textbox", { name: t("trunks.deleteConfirm", { identifier: domain }) });
  await expect(typed).toHaveAccessibleDescription(t("trunks.deleteWrong"));
  await typed.fill(domain);
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("trunks.deletedToast", { name: domain }))).toBeVisible();
  await page.getByRole("button", { name: t("sip.restore") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("sip.restoreSubmit") })
    .click();
  expect(await takePassword(made)).not.toBe(second);
});
