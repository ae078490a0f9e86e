import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";

test("the home page says how many phones are registered, now and over the day, and leads to them", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api);
  const { extension } = await api.extension.create.mutate({ customerId: customer.id, extension: "1001" });
  await registerPhone(extension);
  await visit(page, "/");

  const card = page.getByRole("region", { name: t("home.phones"), exact: true });
  await expect(card.getByRole("img")).toBeVisible();
  await card.getByText(t("common.asTable")).click();
  const table = card.getByRole("table", { name: t("home.phones") });
  await expect(table.getByRole("columnheader")).toHaveText([t("home.time"), t("home.registered"), t("home.dayBefore")]);
  await expect(table.getByRole("rowheader")).toHaveCount(24);

  await expect(page.locator("main")).toContainText(/[1-9]\d* of [1-9]\d*/);
  await page
    .getByRole("heading", { name: t("home.phones") })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/sip\/registrations$/);
  await expect(page.getByRole("heading", { name: t("registrations.title"), level: 1 })).toBeVisible();
});
