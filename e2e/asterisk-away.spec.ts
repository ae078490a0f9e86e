import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";
import { startWebBehindProxy } from "./support/web-process";

test("while Asterisk's database is away, extensions are shown with registrations unknown, and known again by itself", async ({
  page,
  api,
  complaints,
}) => {
  test.setTimeout(400_000);
  const customer = await addCustomer(api);
  const { extension } = await api.extension.create.mutate({ customerId: customer.id, extension: "1001" });
  await registerPhone(extension);
  await using web = await startWebBehindProxy();
  const list = `${web.url}/sip/extensions?customer=${customer.id}`;
  const row = page.getByRole("row").filter({ hasText: "1001" });
  const unknown = t("extensions.registrationUnknown");
  const note = page.getByRole("status").filter({ hasText: t("registrations.unknownNote") });

  await visit(page, list);
  await expect(row).toContainText(t("extensions.registered", { count: 1 }));
  web.proxy.refuse();
  await visit(page, list);
  await expect(row).toContainText(unknown);
  await expect(row).not.toContainText(t("extensions.notRegistered"));
  await expect(note).toBeVisible();

  await visit(page, `${web.url}/sip/extensions/${extension.id}`);
  await expect(page.getByText(unknown)).toBeVisible();
  await expect(note).toBeVisible();
  await expect(page.getByText(t("registrations.none"), { exact: true })).toBeHidden();

  await visit(page, `${web.url}/customers/${customer.id}`);
  await expect(page.getByRole("link", { name: new RegExp(`^${t("extensions.title")}\\s*1$`) })).toBeVisible();

  await visit(page, `${web.url}/operations/health`);
  await expect(page.getByRole("row").filter({ hasText: t("health.names.asterisk") })).toContainText(
    t("health.state.down"),
  );

  await visit(page, `${web.url}/sip/registrations?customer=${customer.id}`);
  const retry = page.getByRole("button", { name: t("common.tryAgain") });
  await expect(page.getByRole("alert").filter({ has: retry })).toContainText("Asterisk's database");
  await expect(note).toBeVisible();
  web.proxy.resume();
  // Whether asked for or by itself: the list is there again.
  await expect(retry).toBeHidden({ timeout: 60_000 });
  await expect(row).toBeVisible();
  await expect(note).toBeHidden({ timeout: 60_000 });

  web.proxy.refuse();
  await visit(page, list);
  await expect(row).toContainText(unknown);
  web.proxy.resume();
  await expect(row).toContainText(t("extensions.registered", { count: 1 }), { timeout: 60_000 });
  await expect(note).toBeHidden();
  // The browser writes down itself that the list of registrations was refused.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/status of 503/.test(text)));
});
