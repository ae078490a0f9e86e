import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unique } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { inspect } from "./support/inspect";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function pick(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).fill(name);
  await page.getByRole("option", { name }).click();
}

test("a file is mapped, previewed, imported and reported, and its passwords are fetched once", async ({
  page,
  api,
}) => {
  test.setTimeout(400_000);
  const { name: customer } = await addCustomer(api, { name: `Import ${unique()}` });
  await visit(page, "/sip/extensions/import");
  await pick(page, t("sipImport.customer"), customer);
  const text = "Telefon;name\n1001;Jürgen\n10 02;Ada\n1003;Grace\n";
  await page.getByLabel(t("sipImport.choose")).setInputFiles(file("people.csv", text));

  // Nobody knows what "Telefon" is, so every row lacks its number until that is said.
  const rows = page.getByRole("region", { name: t("sipImport.rows") }).getByRole("row");
  await expect(rows.filter({ hasText: t("sipImport.verdicts.wrong") })).toHaveCount(3);
  await page.getByLabel(t("sipImport.fields.extension"), { exact: true }).selectOption({ label: "Telefon" });
  await expect(rows.filter({ hasText: t("sipImport.verdicts.create") })).toHaveCount(2);
  await expect(rows.filter({ hasText: "10 02" })).toContainText("extension: Use letters, digits");
  await expect(page.getByText(t("sipImport.made", { count: 2 }))).toBeVisible();

  await inspect(page);
  await page.getByRole("button", { name: t("sipImport.start", { count: 2 }) }).click();
  await page.waitForURL(/\/operations\/jobs\//);
  await expect(page.getByRole("main").getByText(t("jobs.figures.done", { count: 2 }))).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "10 02" })).toContainText(t("jobs.results.failed"));
  const report = page.waitForEvent("download");
  await page.getByRole("link", { name: t("list.export") }).click();
  expect(await readFile(await (await report).path(), "utf8")).toContain("10 02");

  await inspect(page);
  await page.getByRole("button", { name: t("sipBulk.once.take") }).click();
  const question = page.getByRole("alertdialog", { name: t("sipBulk.once.takeTitle") });
  await inspect(page);
  await question.getByRole("button", { name: t("sipBulk.once.take") }).click();
  const shown = page.getByRole("dialog", { name: t("sipBulk.once.fileTitle", { count: 2 }) });
  await inspect(page);
  const download = page.waitForEvent("download");
  await shown.getByRole("button", { name: /Download/ }).click();
  const passwords = await readFile(await (await download).path(), "utf8");
  expect(passwords.trim().split("\r\n")).toHaveLength(3);
  // Neither Escape nor the button loses it before it is stored.
  await page.keyboard.press("Escape");
  await expect(shown.getByText(t("sipBulk.once.storeFirst"))).toBeVisible();
  await shown.getByLabel(t("sipBulk.once.stored")).check();
  await shown.getByRole("button", { name: t("common.done") }).click();
  await expect(page.getByText(t("sipBulk.once.gone"))).toBeVisible();

  // The same file again finds nothing to do.
  await visit(page, "/sip/extensions/import");
  await pick(page, t("sipImport.customer"), customer);
  await page.getByLabel(t("sipImport.choose")).setInputFiles(file("people.csv", text.replace("Telefon", "extension")));
  await expect(rows.filter({ hasText: t("sipImport.verdicts.unchanged") })).toHaveCount(2);
});

test("a file that cannot be read is refused in words, and a mended one can be chosen at once", async ({ page }) => {
  await visit(page, "/sip/trunks/import");
  const chooser = page.getByLabel(t("sipImport.choose"));
  await chooser.setInputFiles(file("broken.csv", 'domainName\n"never closed\n'));
  // The framework's own announcer is an alert as well.
  const refusal = page.getByRole("alert").filter({ hasText: "A quote is opened and not closed." });
  await expect(refusal).toBeVisible();
  await chooser.setInputFiles(file("broken.csv", "domainName,allowedIps\nmended,192.0.2.1\n"));
  await expect(refusal).toHaveCount(0);
  // No customer is named yet.
  await expect(page.getByRole("row").filter({ hasText: "mended" })).toContainText(t("sipImport.verdicts.wrong"));
});

test("a range is created, gets new passwords, is deleted and restored from the list", async ({ page, api }) => {
  test.setTimeout(400_000);
  const { id, name } = await addCustomer(api, { name: `Range ${unique()}` });
  const list = `/sip/extensions?customer=${id}`;
  const rows = page
    .getByRole("table")
    .getByRole("row")
    .filter({ hasText: /^.*Desk 2/ });
  const ended = async (figure: "done", count: number) => {
    await page.waitForURL(/\/operations\/jobs\//);
    await expect(page.getByText(t(`jobs.figures.${figure}`, { count }), { exact: true })).toBeVisible();
  };
  await visit(page, list);
  await page.getByRole("button", { name: t("sipImport.many") }).click();
  await page.getByRole("menuitem", { name: t("sipImport.range.open") }).click();
  const range = page.getByRole("dialog", { name: t("sipImport.range.title") });
  await pick(page, t("sip.customer"), name);
  await range.getByLabel(t("sipImport.range.from"), { exact: true }).fill("2000");
  await range.getByLabel(t("sipImport.range.to"), { exact: true }).fill("2004");
  await range.getByLabel(t("sipImport.range.name"), { exact: true }).fill("Desk {number}");
  await expect(range.getByRole("status").filter({ hasText: "2000 (Desk 2000)" })).toBeVisible();
  await inspect(page);
  await range.getByRole("button", { name: t("sipImport.range.create") }).click();
  await ended("done", 5);

  const actOnAll = async (view: string, action: string, verb: string, typed: boolean) => {
    await visit(page, `${list}${view}`);
    await expect(rows).toHaveCount(5);
    await page.getByRole("checkbox", { name: t("list.choosePage") }).check();
    await page
      .getByRole("region", { name: t("list.selection") })
      .getByRole("button", { name: action })
      .click();
    const question = page.getByRole("alertdialog");
    await expect(question).toBeVisible();
    await inspect(page);
    if (typed) await question.getByRole("textbox").fill("5");
    await question.getByRole("button", { name: verb }).click();
  };
  await actOnAll("", t("sipBulk.rotateMany"), t("sipBulk.extensions.rotateVerb", { count: 5 }), true);
  await ended("done", 5);
  await expect(page.getByRole("button", { name: t("sipBulk.once.take") })).toBeVisible();

  await actOnAll("", t("sipBulk.deleteMany"), t("sipBulk.extensions.deleteVerb", { count: 5 }), true);
  const live = async () =>
    (await api.extension.list.query({ filter: { customerId: id, deleted: false } })).items.length;
  await expect.poll(live).toBe(0);
  await actOnAll("&view=deleted", t("sipBulk.restoreMany"), t("sipBulk.extensions.restoreVerb", { count: 5 }), false);
  await ended("done", 5);
  expect(await live()).toBe(5);

  await visit(page, list);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: t("list.export") }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv.trim().split("\r\n")).toHaveLength(6);
  expect(csv.split("\r\n")[0]).toContain("customerId,extension,name,detail,username,realm,created");
  expect(csv).not.toContain("password");
});

test("before a whole page of extensions is deleted, their phones are counted", async ({ page, api }) => {
  const { id } = await addCustomer(api);
  await api.extension.createRange.mutate({ customerId: id, from: "3000", to: "3049" });
  const first = async () => (await api.extension.list.query({ filter: { customerId: id } })).items;
  await expect.poll(async () => (await first()).length).toBe(50);
  const [extension] = await first();
  if (extension !== undefined) await registerPhone(extension);
  await visit(page, `/sip/extensions?customer=${id}`);
  await page.getByRole("checkbox", { name: t("list.choosePage") }).check();
  await page
    .getByRole("region", { name: t("list.selection") })
    .getByRole("button", { name: t("sipBulk.deleteMany") })
    .click();
  await expect(page.getByRole("alertdialog")).toContainText(t("sipBulk.phones", { phones: 1 }));
});
