import type { Locator, Page } from "@playwright/test";
import { addAdmin, OWNER, signIn, STRANGER, unique } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, programOf } from "./support/program";

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

/** Opens what can be done to an admin, and chooses. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: t("common.actionsFor", { name }) }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** Takes the link out of the dialog that shows it once. */
async function takeLink(dialog: Locator): Promise<string> {
  const link = (await dialog.locator(".secret code").textContent()) ?? "";
  await dialog.getByRole("checkbox", { name: t("admins.link.stored") }).check();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(dialog).toHaveCount(0);
  return link;
}

test("somebody is invited, accepts, signs in, gets another role, and is out when disabled", async ({
  page,
  openPage,
}) => {
  const mark = unique();
  const [email, name, password] = [`kim.${mark}@example.com`, `Kim ${mark}`, `a long password ${mark}`];
  const link = await test.step("invite", async () => {
    await visit(page, "/settings/admins");
    await page.getByRole("button", { name: t("admins.invite") }).click();
    const form = page.getByRole("dialog", { name: t("admins.inviteTitle") });
    await form.getByRole("button", { name: t("admins.makeLink") }).click();
    await expect(form.getByRole("textbox", { name: t("admins.email") })).toHaveAccessibleDescription(/Enter an e-mail/);
    await form.getByRole("textbox", { name: t("admins.email") }).fill(email);
    await form.getByRole("textbox", { name: t("admins.name"), exact: true }).fill(name);
    await form.getByRole("combobox", { name: t("admins.role") }).selectOption("support");
    await form.getByRole("button", { name: t("admins.makeLink") }).dblclick();
    const shown = page.getByRole("dialog", { name: t("admins.link.inviteTitle", { name }) });
    await expect(shown.getByRole("button", { name: t("admins.link.copy") })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(shown.getByText(t("admins.link.storeFirst"))).toBeVisible();
    const text = await takeLink(shown);
    await expect(page.getByRole("row").filter({ hasText: email })).toContainText(t("admins.status.invited"));
    return text;
  });

  const theirs = await test.step("accept, and be signed in", async () => {
    const guest = await openPage();
    await visit(guest, link);
    await expect(heading(guest, t("auth.inviteTitle"))).toBeVisible();
    await expect(guest.getByRole("textbox", { name: t("auth.name") })).toHaveValue(name);
    await expect(guest.getByRole("textbox", { name: t("auth.email") })).toHaveValue(email);
    await guest.getByLabel(t("auth.newPassword"), { exact: true }).fill(password);
    await guest.getByRole("button", { name: t("auth.setPassword") }).click();
    await expect(heading(guest, t("nav.home"))).toBeVisible();
    await visit(guest, "/settings/admins");
    await expect(heading(guest, t("states.forbiddenTitle"))).toBeVisible();
    return guest;
  });

  await test.step("get another role", async () => {
    await visit(page, `/settings/admins?q=${email}`);
    await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: t("common.edit") }).click();
    const form = page.getByRole("dialog", { name: t("admins.editTitle", { name }) });
    await form.getByRole("combobox", { name: t("admins.role") }).selectOption("admin");
    await form.getByRole("button", { name: t("common.save") }).click();
    await expect(form).toHaveCount(0);
    await visit(theirs, "/settings/admins");
    await expect(heading(theirs, t("admins.title"))).toBeVisible();
  });

  await test.step("be disabled", async () => {
    await choose(page, name, t("admins.works.disable.menu"));
    const dialog = page.getByRole("alertdialog", { name: t("admins.works.disable.title", { name }) });
    await expect(dialog.getByRole("button", { name: t("common.cancel") })).toBeFocused();
    await dialog.getByRole("button", { name: t("admins.works.disable.submit") }).click();
    await expect(page.getByText(t("admins.status.disabled")).first()).toBeVisible();
    await theirs.goto("/customers").catch(() => undefined); // the open page may have left by itself
    await expect(theirs).toHaveURL(/\/sign-in\?/);
    await expect(page.getByText(t("admins.noSessions"))).toBeVisible();
  });

  await test.step("be reset, once enabled again", async () => {
    await page.getByRole("button", { name: t("admins.works.enable.menu") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("admins.works.enable.submit") })
      .click();
    await expect(page.getByText(t("admins.status.active")).first()).toBeVisible();
    await choose(page, name, t("admins.works.reset.menu"));
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("admins.works.reset.submit") })
      .click();
    const reset = await takeLink(page.getByRole("dialog", { name: t("admins.link.resetTitle", { name }) }));
    const guest = await openPage();
    await visit(guest, reset);
    await expect(heading(guest, t("auth.resetTitle"))).toBeVisible();
    await guest.getByLabel(t("auth.newPassword"), { exact: true }).fill(`${password} anew`);
    await guest.getByRole("button", { name: t("auth.setPassword") }).click();
    await expect(heading(guest, t("nav.home"))).toBeVisible();
    await visit(guest, reset);
    await expect(heading(guest, t("auth.linkUsedTitle"))).toBeVisible();
  });
});

test("the last owner stays one", async ({ page, api }) => {
  const others = (await api.admin.list.query({ filter: { role: "owner", reach: "platform", status: "active" } })).items;
  const me = others.find(({ email }) => email === OWNER.email);
  if (me === undefined) throw new Error("the owner is not there");
  for (const { id } of others) if (id !== me.id) await api.admin.disable.mutate({ id });
  try {
    await visit(page, `/settings/admins/${me.id}`);
    await expect(page.getByRole("button", { name: t("common.actionsFor", { name: me.name }) })).toHaveCount(0);
    await page.getByRole("button", { name: t("common.edit") }).click();
    const form = page.getByRole("dialog", { name: t("admins.editTitle", { name: me.name }) });
    await form.getByRole("combobox", { name: t("admins.role") }).selectOption("support");
    await form.getByRole("button", { name: t("common.save") }).click();
    await expect(form.getByRole("alert")).toContainText("last owner");
  } finally {
    for (const { id } of others) if (id !== me.id) await api.admin.enable.mutate({ id });
  }
  expect(await codeOf(api.admin.disable.mutate({ id: me.id }))).toBe("CONFLICT");
});

test("a customer's admin manages that customer's people and no others", async ({ openPage, api }) => {
  const [own, other] = [await addCustomer(api), await addCustomer(api)];
  const admin = await addAdmin("admin", own.id);
  const [colleague, foreign] = [await addAdmin("support", own.id), await addAdmin("support", other.id)];
  const page = await openPage(admin);
  await visit(page, "/settings/admins");
  // Newest first.
  await expect(page.getByRole("table").getByRole("link")).toHaveText([colleague.name, admin.name]);
  await page.getByRole("button", { name: t("admins.invite") }).click();
  const form = page.getByRole("dialog", { name: t("admins.inviteTitle") });
  await expect(form.getByRole("combobox", { name: t("admins.role") }).getByRole("option")).toHaveText([
    t("roles.admin"),
    t("roles.support"),
    t("roles.billing-read"),
  ]);
  await expect(form.getByRole("combobox", { name: t("admins.reach") })).toHaveCount(0);

  const theirs = programOf(await signIn(admin));
  const [found] = (await api.admin.list.query({ filter: { search: foreign.email } })).items;
  const id = found?.id ?? "";
  expect(await codeOf(theirs.admin.get.query({ id }))).toBe("NOT_FOUND");
  expect(await codeOf(theirs.admin.remove.mutate({ id }))).toBe("NOT_FOUND");
  expect(
    await codeOf(theirs.admin.invite.mutate({ email: `x${unique()}@example.com`, role: "support", customerId: null })),
  ).toBe("FORBIDDEN");
});

test.describe("before the sign-in", () => {
  test.use({ storageState: STRANGER });
  test("a link that is not one leads nowhere", async ({ page }) => {
    await visit(page, "/setup?token=no-such-link");
    await expect(heading(page, t("auth.linkUsedTitle"))).toBeVisible();
  });
});
