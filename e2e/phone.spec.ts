import type { Page } from "@playwright/test";
import { loadConfig } from "@/server/platform/config";
import { sipp } from "@/server/testing/sip/binaries";
import { registerPhone as register } from "@/server/testing/sip/phone";
import { startPlayedAsterisk, type PlayedAsterisk } from "@/server/testing/sip/played-asterisk";
import { unique } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

/** What the console promises: a phone is shown, and no longer shown, this soon. */
const SOON = { timeout: 2_000 };

let asterisk: PlayedAsterisk;

test.skip(sipp === undefined, "needs sipp (Debian: apt-get install sip-tester)");

test.beforeAll(async () => {
  const dsn = loadConfig("cli").databaseAsterisk;
  if (dsn === null) throw new Error("the installation under test has no Asterisk database");
  asterisk = await startPlayedAsterisk({ dsn: dsn.reveal(), systemName: "registrar-1" });
});

test.afterAll(() => asterisk?.close());

/** Marks the page's window: a reload would lose the mark. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => "marked" in window);

test("a phone that registers is shown on the open pages within two seconds, and is gone as soon after it signed off", async ({
  page,
  api,
  context,
}) => {
  const customer = await addCustomer(api);
  const { extension, password } = await api.extension.create.mutate({ customerId: customer.id, extension: "1001" });
  const account = { extension: "1001", realm: extension.realm, password };
  const agent = `Snom D785/10.1.${unique()}`;
  const list = await context.newPage();
  await visit(page, `/sip/extensions/${extension.id}`);
  await visit(list, `/sip/extensions?customer=${customer.id}`);
  const card = page.getByRole("region", { name: t("registrations.title") });
  const row = list.getByRole("row").filter({ hasText: "1001" });
  await expect(card).toContainText(t("registrations.none"));
  await expect(row).toContainText(t("extensions.notRegistered"));
  await Promise.all([mark(page), mark(list)]);

  expect(await register(asterisk, account, { agent, password: "wrong" })).toMatchObject({ ok: false });
  expect(await register(asterisk, account, { agent, port: 5071 })).toMatchObject({ ok: true, statuses: [401, 200] });
  await Promise.all(
    [card, row].map(async (place) => {
      await expect(place).toContainText("198.51.100.7:5071", SOON);
      await expect(place).toContainText(agent, SOON);
    }),
  );
  await expect(row).toContainText(t("extensions.registered", { count: 1 }));

  expect(await register(asterisk, account, { agent, port: 5071, expires: 0 })).toMatchObject({ ok: true });
  await Promise.all([
    expect(card).toContainText(t("registrations.none"), SOON),
    expect(row).toContainText(t("extensions.notRegistered"), SOON),
  ]);
  await expect(card).not.toContainText(agent);
  await expect(row).not.toContainText(agent);
  expect(await Promise.all([isMarked(page), isMarked(list)])).toEqual([true, true]);
});

test("a phone that renews its registration moves the time that is left, and marks its row nowhere; another phone in its place does", async ({
  api,
  context,
}) => {
  const customer = await addCustomer(api);
  const { extension, password } = await api.extension.create.mutate({ customerId: customer.id, extension: "1001" });
  const account = { extension: "1001", realm: extension.realm, password };
  const phone = { agent: `Snom D785/10.1.${unique()}`, port: 5071 };
  const renew = (expires: number, over = {}) => register(asterisk, account, { ...phone, expires, ...over });
  expect(await renew(300)).toMatchObject({ ok: true });
  const rows = await Promise.all(
    ["registrations", "extensions"].map(async (name) => {
      const page = await context.newPage();
      await visit(page, `/sip/${name}?customer=${customer.id}`);
      const row = page.getByRole("row").filter({ hasText: phone.agent });
      await expect(row).toHaveCount(1);
      return row;
    }),
  );
  const [registrations, extensions] = rows;
  if (registrations === undefined || extensions === undefined) throw new Error("no rows");

  expect(await renew(5_400)).toMatchObject({ ok: true });
  await expect(registrations).toContainText(/1:29:\d\d/, SOON);
  await expect(extensions).toContainText(t("time.inHours", { count: 1 }), SOON);
  for (const row of rows) await expect(row).not.toHaveClass(/is-changed/);

  expect(await renew(5_400, { agent: `${phone.agent} after its update` })).toMatchObject({ ok: true });
  for (const row of rows) {
    await expect(row).toContainText("after its update", SOON);
    await expect(row).toHaveClass(/is-changed/);
  }
});
