import { addAdmin, unique } from "./support/accounts";
import { environment } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

/** What an admin does most, on every screen: the same steps, by the same names. */
for (const width of [360, 768, 1_440])
  for (const colorScheme of ["light", "dark"] as const)
    test(`at ${width} px, ${colorScheme}: sign in, create, filter, edit, make a key and an extension, delete, restore`, async ({
      openPage,
    }) => {
      test.setTimeout(400_000);
      const admin = await addAdmin("admin");
      const name = `Width ${unique()}`;
      const page = await openPage();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const title = (text: string) => page.getByRole("heading", { name: text, level: 1 });
      const neverSideways = async () =>
        expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(width);

      await test.step("sign in", async () => {
        await visit(page, "/customers");
        await page.getByLabel(t("auth.email")).fill(admin.email);
        await page.getByLabel(t("auth.password"), { exact: true }).fill(admin.password);
        await page.getByRole("button", { name: t("auth.signIn"), exact: true }).click();
        await expect(title(t("customers.title"))).toBeVisible();
        await neverSideways();
      });

      await test.step("create", async () => {
        await visit(page, "/customers/new");
        await page.getByRole("textbox", { name: t("customers.name"), exact: true }).fill(name);
        await page.getByRole("textbox", { name: t("customers.email"), exact: true }).fill(`${unique()}@example.com`);
        await page.getByRole("button", { name: t("customers.create") }).click();
        await expect(title(name)).toBeVisible();
        await neverSideways();
      });
      const { pathname } = new URL(page.url());

      await test.step("filter", async () => {
        await visit(page, "/customers");
        await page.getByRole("searchbox", { name: t("customers.search") }).fill(name);
        await expect(page.getByRole("table").getByRole("link")).toHaveText([name]);
        await neverSideways();
      });

      await test.step("edit", async () => {
        await visit(page, `${pathname}/edit`);
        await page.getByRole("textbox", { name: t("customers.detail"), exact: true }).fill("Seen on this screen");
        await page.getByRole("button", { name: t("common.save") }).click();
        await expect(page.getByText("Seen on this screen")).toBeVisible();
      });

      await test.step("make a key", async () => {
        await visit(page, `${pathname}?tab=access-keys&dialog=create-key`);
        const form = page.getByRole("dialog", { name: t("keys.createTitle") });
        await form.getByRole("textbox", { name: t("keys.name") }).fill("Pager");
        await form.getByRole("button", { name: t("keys.create") }).click();
        const shown = page.getByRole("dialog", { name: t("keys.tokenTitle", { name: "Pager" }) });
        await shown.getByRole("checkbox", { name: t("keys.stored") }).check();
        await shown.getByRole("button", { name: t("common.done") }).click();
        await expect(page.getByRole("row").filter({ hasText: "Pager" })).toBeVisible();
        await neverSideways();
      });

      await test.step("make an extension", async () => {
        await visit(page, `/sip/extensions/new?customer=${pathname.split("/").at(-1)}`);
        await page.getByRole("textbox", { name: t("extensions.number"), exact: true }).fill("1001");
        await page.getByRole("button", { name: t("extensions.create"), exact: true }).click();
        const shown = page.getByRole("dialog", { name: t("extensions.madeTitle", { name: "1001" }) });
        await shown.getByRole("checkbox", { name: t("sip.stored") }).check();
        await neverSideways();
        await shown.getByRole("button", { name: t("common.done") }).click();
        await expect(title("1001")).toBeVisible();
        await neverSideways();
      });

      await test.step("delete, and restore", async () => {
        await visit(page, `${pathname}?dialog=delete`);
        const dialog = page.getByRole("alertdialog", { name: t("delete.title", { name }) });
        await dialog.getByRole("textbox", { name: t("delete.confirm", { name }) }).fill(name);
        await dialog.getByRole("button", { name: t("delete.submit") }).click();
        await expect(page.getByText(t("delete.done", { name }))).toBeVisible();
        await page
          .getByRole("button", { name: t("common.undo"), exact: true })
          .first()
          .click();
        await expect(page.getByText(t("customers.restored", { name }))).toBeVisible();
        await neverSideways();
      });

      await test.step("sign out", async () => {
        await page.getByRole("button", { name: t("shell.account", { name: admin.name }) }).click();
        await page.getByRole("menuitem", { name: t("shell.signOut") }).click();
        await expect(page).toHaveURL(new RegExp(`^${environment.baseUrl()}/sign-in`));
      });
    });

test("a list stays within its page at every width: columns leave it, and those that are asked for scroll in it", async ({
  openPage,
  api,
}) => {
  const name = `International Consolidated Telecommunications Holding ${unique()}`;
  const customer = await addCustomer(api, { name });
  const domainName = `wide-${unique()}-${unique()}`;
  await api.trunk.create.mutate({
    customerId: customer.id,
    domainName,
    authTypes: ["basic", "ip"],
    username: "international",
    allowedIps: ["2001:db8:1234:5678:9abc:def0:1234:5678", "198.51.100.0/24"],
  });
  const page = await openPage(await addAdmin("admin"));
  const list = page.getByRole("region", { name: t("list.scrolls", { caption: t("trunks.caption") }) });
  const overhang = () => list.evaluate((box) => box.scrollWidth - box.clientWidth);
  const neverSideways = async (width: number) => {
    await page.setViewportSize({ width, height: 800 });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(wide, `at ${width} px`).toBeLessThanOrEqual(width);
  };
  await visit(page, "/sip/trunks");
  await expect(list.getByRole("link", { name: domainName })).toBeVisible();
  for (const width of [768, 1_024, 1_180, 1_280, 1_300, 1_366, 1_440, 1_920]) {
    await neverSideways(width);
    await expect.poll(overhang, `at ${width} px`).toBe(0);
  }

  await page.getByRole("button", { name: t("list.columns") }).click();
  for (const name of [t("sip.name"), t("common.id")]) {
    const column = page.getByRole("menuitemcheckbox", { name, exact: true });
    await column.click();
    await expect(column).toBeChecked();
  }
  await page.keyboard.press("Escape");
  await neverSideways(1_300);
  await expect.poll(overhang).toBeGreaterThan(0);
});
