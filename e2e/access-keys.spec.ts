import type { Locator, Page } from "@playwright/test";
import { cookieHeader, unique } from "./support/accounts";
import { copyFrom } from "./support/clipboard";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, program, programWithKey } from "./support/program";
import { checkToken } from "./support/sibling";

const TOKEN = /vb_[0-9A-Za-z]{38}/;
/** Milliseconds in which a revoked key has to fail everywhere. */
const REVOKED_WITHIN_MS = 1_000;

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Copies the token of the dialog that shows it once, and closes it. */
async function takeToken(dialog: Locator): Promise<string> {
  const token = await copyFrom(dialog, t("keys.copyToken"));
  await dialog.getByRole("checkbox", { name: t("keys.stored") }).check();
  await dialog.getByRole("button", { name: t("common.done") }).click();
  await expect(dialog).toBeHidden();
  return token;
}

async function chooseAction(page: Page, key: string, action: string): Promise<void> {
  await page.getByRole("button", { name: t("common.actionsFor", { name: key }) }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("a token is shown once, in a dialog that is not lost by accident, and is nowhere afterwards", async ({
  page,
  api,
}) => {
  const customer = await addCustomer(api);
  await visit(page, `/customers/${customer.id}?tab=access-keys`);
  await page
    .getByRole("button", { name: t("keys.create") })
    .first()
    .click();
  const form = page.getByRole("dialog", { name: t("keys.createTitle") });
  await form.getByRole("textbox", { name: t("keys.name") }).fill("CRM sync");
  await form.getByRole("combobox", { name: t("keys.lifetime") }).selectOption(t("keys.days90"));
  await form.getByRole("button", { name: t("keys.create") }).dblclick();

  const dialog = page.getByRole("dialog", { name: t("keys.tokenTitle", { name: "CRM sync" }) });
  await expect(dialog.getByRole("button", { name: t("keys.copyToken") })).toBeFocused();
  const shown = TOKEN.exec((await dialog.textContent()) ?? "")?.[0] ?? "";
  const stored = dialog.getByRole("checkbox", { name: t("keys.stored") });
  for (const stray of [
    () => page.keyboard.press("Escape"),
    () => page.mouse.click(4, 4),
    () => dialog.getByRole("button", { name: t("common.done") }).click(),
  ]) {
    await stray();
    await expect(stored).toHaveAccessibleDescription(t("keys.storeFirst"));
    await expect(dialog).toContainText(shown);
  }
  expect(await takeToken(dialog)).toBe(shown);
  expect((await api.accessKey.list.query({ filter: { customerId: customer.id } })).items).toHaveLength(1);
  await expect(page.getByRole("button", { name: t("common.actionsFor", { name: "CRM sync" }) })).toBeVisible();

  expect(await page.content()).not.toContain(shown);
  for (const path of [`/customers/${customer.id}?tab=access-keys`, `/activity/audit?customer=${customer.id}`]) {
    await visit(page, path);
    await expect(page.getByText("CRM sync").first()).toBeVisible();
    expect(await page.content()).not.toContain(shown);
  }
  expect(JSON.stringify(await api.audit.list.query({ filter: { customerId: customer.id } }))).not.toContain(shown);
});

test("a program with a key does what its customer's admin may, and sees nobody else", async ({ api, sibling }) => {
  const [own, other] = [await addCustomer(api), await addCustomer(api)];
  const { token, key } = await api.accessKey.create.mutate({ customerId: own.id, name: "typed client" });
  const foreign = await api.accessKey.create.mutate({ customerId: other.id, name: "foreign" });
  const client = programWithKey(token);

  expect((await client.customer.list.query({})).items.map(({ id }) => id)).toEqual([own.id]);
  expect((await client.accessKey.list.query({})).items.map(({ id }) => id)).toEqual([key.id]);
  expect(await client.customer.update.mutate({ ...own, webhookMethod: "", detail: "by a program" })).toMatchObject({
    detail: "by a program",
  });
  const second = await client.accessKey.create.mutate({ customerId: own.id, name: "second" });
  expect((await client.accessKey.revoke.mutate({ id: second.key.id })).tmDelete < "9999").toBe(true);
  expect((await client.audit.list.query({})).items.every(({ customerId }) => customerId === own.id)).toBe(true);

  const refusals = {
    "customer.get": () => client.customer.get.query({ id: other.id }),
    "customer.update": () => client.customer.update.mutate({ id: other.id, email: other.email }),
    "accessKey.get": () => client.accessKey.get.query({ id: foreign.key.id }),
    "accessKey.create": () => client.accessKey.create.mutate({ customerId: other.id }),
    "accessKey.rotate": () => client.accessKey.rotate.mutate({ id: foreign.key.id }),
    "accessKey.revoke": () => client.accessKey.revoke.mutate({ id: foreign.key.id }),
  };
  for (const [name, call] of Object.entries(refusals)) expect(await codeOf(call()), name).toBe("NOT_FOUND");
  const forbidden = {
    "customer.create": () => client.customer.create.mutate({ email: "new@example.com" }),
    "customer.delete": () => client.customer.delete.mutate({ id: own.id }),
    "customer.restore": () => client.customer.restore.mutate({ id: own.id }),
    "health.get": () => client.health.get.query(),
    "account.sessions": () => client.account.sessions.query(),
  };
  for (const [name, call] of Object.entries(forbidden)) expect(await codeOf(call()), name).toBe("FORBIDDEN");

  expect(await checkToken(sibling, token)).toBe(true);
  for (const wrong of [`${token.slice(0, -1)}_`, token.toUpperCase(), `${token} x`, "", "vb_"])
    expect(await codeOf(programWithKey(wrong).session.me.query()), wrong.slice(0, 3)).toBe("UNAUTHORIZED");
});

test("a request that is repeated with its idempotency key takes effect once, and another one is refused", async ({
  api,
  ownerSession,
}) => {
  const customer = await addCustomer(api);
  const again = program({ cookie: cookieHeader(ownerSession), "x-idempotency-key": unique() });
  const create = (name: string) => again.accessKey.create.mutate({ customerId: customer.id, name });
  const first = await create("once");
  expect(await create("once")).toEqual(first);
  expect(await codeOf(create("another"))).toBe("CONFLICT");
  const { items } = await api.accessKey.list.query({ filter: { customerId: customer.id } });
  expect(items.map(({ name }) => name)).toEqual(["once"]);
});

test("a rotated key works with both tokens for as long as the admin chose", async ({ page, api, sibling }) => {
  const customer = await addCustomer(api);
  const made = await api.accessKey.create.mutate({ customerId: customer.id, name: "Dialler" });
  const answers = (tokens: string[]) =>
    Promise.all(
      tokens.map(async (token) => [
        await codeOf(programWithKey(token).session.me.query()),
        await checkToken(sibling, token),
      ]),
    );
  const rotate = async (overlap: string) => {
    await chooseAction(page, "Dialler", t("keys.rotateMenu"));
    const question = page.getByRole("dialog", { name: t("keys.rotateTitle", { name: "Dialler" }) });
    await question.getByRole("radio", { name: overlap }).check();
    await question.getByRole("button", { name: t("keys.rotate") }).click();
    return await takeToken(page.getByRole("dialog", { name: t("keys.tokenTitle", { name: "Dialler" }) }));
  };
  const [works, refused] = [
    ["ok", true],
    ["UNAUTHORIZED", false],
  ];

  await visit(page, `/customers/${customer.id}?tab=access-keys`);
  const second = await rotate(t("keys.overlap1"));
  expect(await answers([made.token, second])).toEqual([works, works]);
  await expect(page.getByRole("row").filter({ hasText: "Dialler" })).toContainText(/Old token ends/);

  const third = await rotate(t("keys.overlap0"));
  await expect.poll(() => answers([made.token, second, third])).toEqual([refused, refused, works]);
  await expect
    .poll(() => sibling.heard(made.key.id))
    .toEqual(["accesskey_created", "accesskey_updated", "accesskey_updated"]);
  expect(JSON.stringify(sibling.events("accesskey_updated"))).not.toContain(third);
});

test("a revoked key fails within a second, at the API and over RabbitMQ", async ({ page, api, sibling }) => {
  const customer = await addCustomer(api);
  const { token, key } = await api.accessKey.create.mutate({ customerId: customer.id, name: "Leaked" });
  const client = programWithKey(token);
  const checks = {
    api: async () => (await codeOf(client.session.me.query())) === "ok",
    rabbitmq: () => checkToken(sibling, token),
  };
  // Both processes have just seen it work, so whatever they remember is fresh.
  for (const check of Object.values(checks)) expect(await check()).toBe(true);

  await visit(page, `/customers/${customer.id}?tab=access-keys`);
  await chooseAction(page, "Leaked", t("keys.revokeMenu"));
  const dialog = page.getByRole("alertdialog", { name: t("keys.revokeTitle", { name: "Leaked" }) });
  await expect(dialog.getByRole("button", { name: t("keys.keep") })).toBeFocused();
  for (const check of Object.values(checks)) expect(await check()).toBe(true);
  const answered = page.waitForResponse((response) => response.url().includes("accessKey.revoke"));
  await dialog.getByRole("button", { name: t("keys.revoke") }).click();
  await answered;
  const revoked = performance.now();

  for (const [where, check] of Object.entries(checks)) {
    let lastGood = 0;
    for (let asked = performance.now(); await check(); asked = performance.now()) lastGood = asked - revoked;
    expect(lastGood, where).toBeLessThan(REVOKED_WITHIN_MS);
  }
  await expect.poll(() => sibling.heard(key.id)).toEqual(["accesskey_created", "accesskey_deleted"]);
  await expect(page.getByText(t("keys.noneTitle"))).toBeVisible();
  await page.getByText(t("keys.showRevoked"), { exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "Leaked" })).toContainText(t("keys.revoked"));
});
