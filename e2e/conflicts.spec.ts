import type { Page } from "@playwright/test";
import { addAdmin, signIn } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { programOf } from "./support/program";

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: t("common.save") }).click();

test("of two admins who edit a customer the second is told what the first has changed, and decides", async ({
  page,
  openPage,
  api,
}) => {
  const customer = await addCustomer(api, { phoneNumber: "+15550100" });
  const other = await addAdmin("admin");
  const theirs = await openPage(other);
  const path = `/customers/${customer.id}/edit`;
  await Promise.all([visit(page, path), visit(theirs, path)]);

  await field(theirs, t("customers.name")).fill("Their name");
  await field(theirs, t("customers.address")).fill("Their street 1");
  await save(theirs);
  await expect(theirs.getByRole("heading", { name: "Their name" })).toBeVisible();

  await field(page, t("customers.name")).fill("My name");
  await field(page, t("customers.phone")).fill("+15550199");
  await save(page);
  const note = page.getByRole("alert").filter({ hasText: t("forms.changedMeanwhileBy", { name: other.name }) });
  await expect(note).toBeVisible();
  await expect(note).toContainText("Their name");
  await expect(note).toContainText("Their street 1");
  // Nothing is saved, nothing that was entered is lost, and what only they changed is taken over.
  expect(await api.customer.get.query({ id: customer.id })).toMatchObject({
    name: "Their name",
    phoneNumber: "+15550100",
  });
  await expect(field(page, t("customers.name"))).toHaveValue("My name");
  await expect(field(page, t("customers.phone"))).toHaveValue("+15550199");
  await expect(field(page, t("customers.address"))).toHaveValue("Their street 1");

  await note.getByText(t("forms.takeTheirs")).click();
  await expect(field(page, t("customers.name"))).toHaveValue("Their name");
  await note.getByText(t("forms.keepMine")).click();
  await expect(field(page, t("customers.name"))).toHaveValue("My name");
  await save(page);
  await expect(page.getByRole("heading", { name: "My name" })).toBeVisible();
  expect(await api.customer.get.query({ id: customer.id })).toMatchObject({
    name: "My name",
    phoneNumber: "+15550199",
    address: "Their street 1",
  });
});

test("an access key that somebody else has renamed meanwhile is not renamed unseen", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const { key } = await api.accessKey.create.mutate({ customerId: customer.id, name: "Before" });
  const other = await addAdmin("admin");
  const theirs = programOf(await signIn(other));
  await visit(page, `/customers/${customer.id}?tab=access-keys`);
  await page.getByRole("button", { name: t("common.actionsFor", { name: "Before" }) }).click();
  await page.getByRole("menuitem", { name: t("common.edit") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: t("keys.name") }).fill("Mine");
  await theirs.accessKey.update.mutate({ id: key.id, name: "Theirs" });
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog.getByRole("alert")).toContainText("Theirs");
  await dialog.getByText(t("forms.takeTheirs")).click();
  await expect(dialog.getByRole("textbox", { name: t("keys.name") })).toHaveValue("Theirs");
  await dialog.getByText(t("forms.keepMine")).click();
  await dialog.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog).toBeHidden();
  expect((await api.accessKey.get.query({ id: key.id })).name).toBe("Mine");
});
