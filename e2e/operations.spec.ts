import type { Page } from "@playwright/test";
import { connect } from "amqplib";
import { unique } from "./support/accounts";
import { environment } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

const REQUESTS = "bin-manager.customer-manager.request";

/** Sends messages that no worker can understand, and waits until they lie among the dead letters. */
async function addDeadLetters(mark: string, count: number): Promise<void> {
  const connection = await connect(environment.rabbitmq());
  const channel = await connection.createConfirmChannel();
  for (let i = 0; i < count; i++)
    channel.publish("", REQUESTS, Buffer.from(`{not json ${mark} ${i} vb_${"a".repeat(38)}`), {
      messageId: `${mark}-${i}`,
    });
  await channel.waitForConfirms();
  await connection.close();
}

const letters = (page: Page, mark: string) => page.getByRole("row").filter({ hasText: mark });

test.describe("dead letters", () => {
  test.describe.configure({ mode: "serial" });

  test("are looked at with secrets masked, replayed, and discarded for good", async ({ page, api }) => {
    const mark = unique();
    await addDeadLetters(mark, 3);
    await expect
      .poll(
        async () => (await api.deadLetter.list.query({})).items.filter(({ excerpt }) => excerpt.includes(mark)).length,
      )
      .toBe(3);
    await visit(page, "/operations/dead-letters");
    await expect(letters(page, mark)).toHaveCount(3);

    await letters(page, mark).first().getByRole("link").click();
    const body = page.getByLabel(t("letters.body"), { exact: true });
    await expect(body).toContainText(`{not json ${mark}`);
    await expect(body).not.toContainText("vb_aaaaaaaa");

    // It cannot be understood now either, so it comes back as a letter of its own.
    const [first] = (await api.deadLetter.list.query({})).items.filter(({ excerpt }) => excerpt.includes(mark));
    await page.getByRole("button", { name: t("letters.replay") }).click();
    const replay = page.getByRole("alertdialog", { name: t("letters.replayTitle", { count: 1 }) });
    await replay.getByRole("button", { name: t("letters.replaySubmit", { count: 1 }) }).click();
    await expect(replay).toBeHidden();
    await expect
      .poll(async () => {
        const mine = (await api.deadLetter.list.query({})).items.filter(({ excerpt }) => excerpt.includes(mark));
        return mine.length === 3 && mine.every(({ id }) => id !== first?.id);
      })
      .toBe(true);
    expect(
      (await api.audit.list.query({ filter: { resourceId: first?.id } })).items.map(({ action }) => action),
    ).toEqual(["dead-letter.replay"]);

    await visit(page, "/operations/dead-letters");
    await expect(letters(page, mark)).toHaveCount(3);
    for (const row of await letters(page, mark).all()) await row.getByRole("checkbox").check();
    await page
      .getByRole("region", { name: t("list.selection") })
      .getByRole("button", { name: t("letters.discardMenu") })
      .click();
    const discard = page.getByRole("alertdialog", { name: t("letters.discardTitle", { count: 3 }) });
    await expect(discard.getByRole("button", { name: t("letters.keep") })).toBeFocused();
    await expect(discard).toContainText(t("letters.discardDamage"));
    await discard.getByRole("button", { name: t("letters.discardSubmit", { count: 3 }) }).click();
    await expect(discard).toBeHidden();
    await expect(letters(page, mark)).toHaveCount(0);
  });
});

test("health says which processes run and in which version, and looks again by itself", async ({ page }) => {
  await visit(page, "/operations/health");
  const processes = page.getByRole("table", { name: t("health.processes") });
  for (const kind of [t("health.worker"), t("health.web")])
    await expect(processes.getByRole("row").filter({ hasText: kind }).first()).toContainText("Node 2");
  const checked = page.locator(".live time");
  const before = await checked.textContent();
  await expect(checked).not.toHaveText(before ?? "", { timeout: 60_000 });
});

test("keys of all customers are filtered, sorted and revoked in one list", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const mark = unique();
  const { key } = await api.accessKey.create.mutate({
    customerId: customer.id,
    name: `sync ${mark}`,
    expire: 5 * 86_400,
  });
  await api.accessKey.create.mutate({ customerId: customer.id, name: `sync ${mark} long`, expire: 300 * 86_400 });
  await visit(page, `/access-keys?q=sync ${mark}`);
  const rows = page.getByRole("row").filter({ hasText: mark });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(customer.name);
  await page
    .getByRole("columnheader", { name: t("keys.expires") })
    .getByRole("button")
    .click();
  await expect(page).toHaveURL(/sort=tmExpire/);
  await expect(rows.first()).toContainText("long");

  await visit(page, `/access-keys?view=expiring&q=sync ${mark}`);
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: t("common.actionsFor", { name: `sync ${mark}` }) }).click();
  await page.getByRole("menuitem", { name: t("keys.revokeMenu") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("keys.revoke") })
    .click();
  await expect(rows).toHaveCount(0);
  expect((await api.accessKey.get.query({ id: key.id })).tmDelete).not.toMatch(/^9999/);
});

test("home leads from a key that expires soon to its new token", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const name = `soon ${unique()}`;
  await api.accessKey.create.mutate({ customerId: customer.id, name, expire: 3_600 });
  await visit(page, "/");
  await expect(page.getByRole("img", { name: /created in 30 days/ })).toBeVisible();
  await page.getByRole("link", { name: t("home.rotateNamed", { name }) }).click();
  const dialog = page.getByRole("dialog", { name: t("keys.rotateTitle", { name }) });
  await dialog.getByRole("button", { name: t("keys.rotate"), exact: true }).click();
  await expect(page.getByRole("dialog", { name: t("keys.tokenTitle", { name }) })).toContainText(/vb_[0-9A-Za-z]{38}/);
});

test("the audit is narrowed to a record and a request, and shows what changed in a value", async ({ page, api }) => {
  const customer = await addCustomer(api);
  const { webhookMethod: _, ...rest } = customer;
  const { tmUpdate } = await api.customer.update.mutate({ ...rest, detail: "second line" });
  await api.customer.update.mutate({ ...rest, tmUpdate, detail: "second time" });
  await visit(page, `/activity/audit?resource=${customer.id}&action=customer.update`);
  await page
    .getByRole("link", { name: t("audit.actions.customer_update") })
    .first()
    .click();
  const values = page.getByRole("table", { name: t("audit.values") });
  await expect(values.locator("del").first()).toHaveText("lin");
  await expect(values.locator("ins").first()).toHaveText("tim");
  await page.getByRole("link", { name: t("audit.more.request") }).click();
  await expect(page).toHaveURL(/request=/);
  await expect(page.getByRole("link", { name: t("audit.actions.customer_update") })).toHaveCount(1);
});
