import type { Page } from "@playwright/test";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

/** From now on the server answers as one of another build does. */
async function deploy(page: Page): Promise<void> {
  await page.route("**/api/trpc/**", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "x-voipbin-build": "another" } });
  });
}

const mark = (page: Page) => page.evaluate(() => Object.assign(window, { sameDocument: true }));
const isSameDocument = (page: Page) => page.evaluate(() => "sameDocument" in window);

test("a tab that was left open over a deploy says so, and loads anew when asked", async ({ page }) => {
  await visit(page, "/customers");
  await mark(page);
  await deploy(page);
  await page.getByRole("searchbox").fill("anything");
  const notice = page.getByText(t("shell.updated"));
  await expect(notice).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await page.getByRole("button", { name: t("shell.reload") }).click();
  await expect(notice).toBeHidden();
  expect(await isSameDocument(page)).toBe(false);
});

test("loading anew asks first where a form holds changes", async ({ page, api }) => {
  const customer = await addCustomer(api);
  await visit(page, `/customers/${customer.id}/edit`);
  await mark(page);
  await page.getByLabel(t("customers.name")).fill("Somebody else");
  await deploy(page);
  await page.getByRole("button", { name: t("shell.searchLabel") }).click();
  const answered = page.waitForResponse((response) => response.url().includes("search.find"));
  await page.getByRole("dialog").getByRole("combobox").fill("anything");
  await answered;
  await page.keyboard.press("Escape");
  await expect(page.getByText(t("shell.updated"))).toBeVisible();
  await page.getByRole("button", { name: t("shell.reload") }).click();
  await page.getByRole("button", { name: t("forms.stay") }).click();
  expect(await isSameDocument(page)).toBe(true);
  await expect(page.getByLabel(t("customers.name"))).toHaveValue("Somebody else");
});
