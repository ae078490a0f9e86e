import type { Locator, Page } from "@playwright/test";
import { addAdmin, OWNER, unique } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { inspect } from "./support/inspect";
import { t } from "./support/messages";
import { registerPhone } from "./support/phone";
import type { Program } from "./support/program";

interface Scene {
  customer: string;
  deleted: string;
  /** What both of them have. */
  phone: string;
  extension: string;
  trunk: string;
}

interface View {
  path: (scene: Scene) => string;
  /** What shows that the page is there. */
  shown: (page: Page) => Locator;
  /** Brings the page into the state that is looked at. */
  open?: (page: Page) => Promise<unknown>;
}

const heading =
  (name: string) =>
  (page: Page): Locator =>
    page.getByRole("heading", { name, level: 1 });
const dialog =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole("dialog", { name }).or(page.getByRole("alertdialog", { name }));

const LONG_NAME = "The phone in the hall behind the second staircase, which rings first";
const LONG_EXTENSION = `front-desk.second-floor (${LONG_NAME})`;

const VIEWS: Record<string, View> = {
  home: { path: () => "/", shown: (page) => page.getByRole("region", { name: t("home.changes") }).getByRole("link") },
  customers: { path: ({ phone }) => `/customers?phone=${phone}`, shown: (page) => page.getByRole("table") },
  "deleted customers": {
    path: ({ phone }) => `/customers?view=deleted&phone=${phone}`,
    shown: (page) => page.getByRole("table"),
  },
  "customers, none found": {
    path: () => "/customers?q=there-is-no-such-customer",
    shown: (page) => page.getByText(t("list.nothingTitle")),
  },
  "new customer": { path: () => "/customers/new", shown: heading(t("customers.create")) },
  "new customer, refused": {
    path: () => "/customers/new",
    open: (page) => page.getByRole("button", { name: t("customers.create") }).click(),
    shown: (page) => page.getByText(/Enter an e-mail address/),
  },
  customer: { path: ({ customer }) => `/customers/${customer}`, shown: (page) => page.getByText(t("customers.id")) },
  "access keys": {
    path: ({ customer }) => `/customers/${customer}?tab=access-keys`,
    shown: (page) => page.getByRole("table"),
  },
  "new access key": {
    path: ({ customer }) => `/customers/${customer}?tab=access-keys&dialog=create-key`,
    shown: dialog(t("keys.createTitle")),
  },
  "access key, shown once": {
    path: ({ customer }) => `/customers/${customer}?tab=access-keys&dialog=create-key`,
    open: (page) =>
      page
        .getByRole("dialog")
        .getByRole("button", { name: t("keys.create") })
        .click(),
    shown: (page) => page.getByRole("checkbox", { name: t("keys.stored") }),
  },
  "a customer's audit": {
    path: ({ customer }) => `/customers/${customer}?tab=audit`,
    shown: (page) => page.getByRole("table"),
  },
  "all access keys": { path: () => "/access-keys", shown: (page) => page.getByRole("table") },
  "access keys, none expired": {
    path: () => "/access-keys?view=expired",
    shown: (page) => page.getByText(t("keys.empty.expiredTitle")),
  },
  "edit customer": {
    path: ({ customer }) => `/customers/${customer}/edit`,
    shown: (page) => page.getByRole("button", { name: t("common.save") }),
  },
  "delete customer": {
    path: ({ customer }) => `/customers/${customer}?dialog=delete`,
    shown: (page) => page.getByText(t("delete.kept"), { exact: true }),
  },
  "deleted customer": {
    path: ({ deleted }) => `/customers/${deleted}`,
    shown: (page) => page.getByRole("heading", { name: t("deletion.done"), exact: true }),
  },
  extensions: {
    path: ({ customer }) => `/sip/extensions?customer=${customer}`,
    shown: (page) => page.getByRole("table"),
  },
  "deleted extensions": {
    path: ({ customer }) => `/sip/extensions?view=deleted&customer=${customer}`,
    shown: (page) => page.getByRole("table"),
  },
  "new extension": {
    path: () => "/sip/extensions/new",
    open: async (page) => {
      await page.getByRole("radio", { name: t("sip.own") }).check();
      await page.getByRole("button", { name: t("extensions.create"), exact: true }).click();
    },
    shown: (page) => page.getByText(/Choose a customer/),
  },
  "new extension, choosing its customer": {
    path: () => "/sip/extensions/new",
    open: (page) => page.getByRole("combobox", { name: t("sip.customer") }).click(),
    shown: (page) => page.getByRole("option").first(),
  },
  extension: {
    path: ({ extension }) => `/sip/extensions/${extension}`,
    shown: (page) => page.getByRole("heading", { name: t("extensions.settings") }),
  },
  "new password of an extension": {
    path: ({ extension }) => `/sip/extensions/${extension}?dialog=rotate`,
    open: (page) => page.getByRole("button", { name: t("sip.rotateSubmit") }).click(),
    shown: (page) => page.getByRole("checkbox", { name: t("sip.stored") }),
  },
  "delete extension": {
    path: ({ extension }) => `/sip/extensions/${extension}?dialog=delete`,
    shown: dialog(t("extensions.deleteTitle", { name: LONG_EXTENSION })),
  },
  "edit extension": {
    path: ({ extension }) => `/sip/extensions/${extension}/edit`,
    open: (page) => page.getByRole("textbox", { name: t("extensions.number"), exact: true }).fill("1002"),
    shown: (page) => page.getByText(/the account moves/),
  },
  trunks: {
    path: ({ customer }) => `/sip/trunks?customer=${customer}`,
    shown: (page) => page.getByRole("table"),
  },
  "new trunk, refused": {
    path: ({ customer }) => `/sip/trunks/new?customer=${customer}`,
    open: (page) => page.getByRole("button", { name: t("trunks.create"), exact: true }).click(),
    shown: (page) => page.getByText(/2 to 31/),
  },
  trunk: {
    path: ({ trunk }) => `/sip/trunks/${trunk}`,
    shown: (page) => page.getByRole("heading", { name: t("trunks.settings") }),
  },
  "delete trunk": {
    path: ({ trunk }) => `/sip/trunks/${trunk}?dialog=delete`,
    shown: (page) => page.getByRole("button", { name: t("trunks.deleteSubmit") }),
  },
  "edit trunk": {
    path: ({ trunk }) => `/sip/trunks/${trunk}/edit`,
    shown: (page) => page.getByRole("button", { name: t("common.save") }),
  },
  "extensions from a file": { path: () => "/sip/extensions/import", shown: heading(t("sipImport.extensions.title")) },
  "trunks from a file": { path: () => "/sip/trunks/import", shown: heading(t("sipImport.trunks.title")) },
  registrations: {
    path: ({ customer }) => `/sip/registrations?customer=${customer}`,
    shown: (page) => page.getByRole("table").getByRole("link").first(),
  },
  "alarms of registrations": {
    path: () => "/sip/registrations?view=alarms",
    shown: heading(t("registrations.title")),
  },
  drift: { path: () => "/operations/drift", shown: heading(t("nav.drift")) },
  audit: {
    path: ({ customer }) => `/activity/audit?resource=${customer}`,
    open: (page) => page.getByRole("link", { name: t("audit.actions.customer_update") }).click(),
    shown: (page) => page.getByRole("table", { name: t("audit.values") }),
  },
  admins: { path: () => "/settings/admins", shown: (page) => page.getByRole("table") },
  "invite admin": { path: () => "/settings/admins?dialog=invite", shown: dialog(t("admins.inviteTitle")) },
  "one-time link": {
    path: () => "/settings/admins?dialog=invite",
    open: async (page) => {
      const form = page.getByRole("dialog", { name: t("admins.inviteTitle") });
      await form.getByRole("textbox", { name: t("admins.email") }).fill(`axe.${unique()}@example.com`);
      await form.getByRole("button", { name: t("admins.makeLink") }).click();
    },
    shown: (page) => page.getByRole("checkbox", { name: t("admins.link.stored") }),
  },
  admin: {
    path: () => "/settings/admins?q=dana",
    open: (page) => page.getByRole("table").getByRole("link").first().click(),
    shown: (page) => page.getByRole("heading", { name: t("admins.sessions") }),
  },
  "dead letters, none or some": { path: () => "/operations/dead-letters", shown: heading(t("nav.deadLetters")) },
  health: { path: () => "/operations/health", shown: (page) => page.getByRole("table").first() },
  settings: {
    path: () => "/settings",
    shown: (page) => page.getByRole("region", { name: t("settings.appearance") }),
  },
  account: {
    path: () => "/account",
    shown: (page) =>
      page
        .getByRole("region", { name: t("sessions.title") })
        .getByRole("listitem")
        .first(),
  },
  "account, asked who it is": {
    path: () => "/account",
    open: (page) => page.getByRole("button", { name: t("account.setUp"), exact: true }).click(),
    shown: (page) => page.getByLabel(t("account.currentPassword"), { exact: true }),
  },
  "account, an app is set up": {
    path: () => "/account",
    open: async (page) => {
      await page.getByRole("button", { name: t("account.setUp"), exact: true }).click();
      await page.getByLabel(t("account.currentPassword"), { exact: true }).fill(OWNER.password);
      await page.keyboard.press("Enter");
    },
    shown: (page) => page.getByRole("img", { name: t("account.qr") }),
  },
  "search and commands": {
    path: () => "/settings",
    open: (page) => page.keyboard.press("Control+k"),
    shown: dialog(t("palette.title")),
  },
  shortcuts: {
    path: () => "/settings",
    open: (page) => page.keyboard.press("?"),
    shown: dialog(t("shortcuts.title")),
  },
  "no such page": { path: () => "/no-such-page", shown: (page) => page.getByText(t("states.notFoundTitle")) },
  "no such record": {
    path: () => "/customers/11111111-2222-4333-8444-555555555555",
    shown: (page) => page.getByText(t("states.recordNotFoundTitle")),
  },
};

/** Pages for those who have not signed in. */
const OPEN_VIEWS: Record<string, View> = {
  "sign-in": { path: () => "/sign-in?ended=1", shown: heading(t("auth.signIn")) },
  "sign-in, refused": {
    path: () => "/sign-in",
    open: (page) => page.getByRole("button", { name: t("auth.signIn"), exact: true }).click(),
    shown: (page) => page.getByText("Enter your e-mail address."),
  },
  "a phone without a link": { path: () => "/phone", shown: heading(t("handover.phone.unknown")) },
  "used link": { path: () => "/setup?token=used", shown: heading(t("auth.linkUsedTitle")) },
};

/** A customer with keys in every state, and one that is deleted. */
async function prepare(api: Program): Promise<Scene> {
  const phoneNumber = `1${parseInt(unique(), 16)}`;
  const customer = await addCustomer(api, {
    name: `A customer whose name is so long that no column of a table can hold it ${unique()}`,
  });
  await api.customer.update.mutate({
    ...customer,
    detail: "Several words.\nOn two lines.",
    phoneNumber,
    address: "1 Main Street, Springfield",
    webhookMethod: "POST",
    webhookUri: `https://hooks.example.com/${"long/".repeat(30)}`,
  });
  const names = ["Active", "Rotated", "Revoked", "With a name that goes on for quite a while, as names sometimes do"];
  const ids = new Map<string, string>();
  for (const name of names)
    ids.set(name, (await api.accessKey.create.mutate({ customerId: customer.id, name, expire: 604_800 })).key.id);
  await api.accessKey.rotate.mutate({ id: ids.get("Rotated") ?? "", overlap: 86_400 });
  await api.accessKey.revoke.mutate({ id: ids.get("Revoked") ?? "" });
  const deleted = await addCustomer(api, { phoneNumber });
  await api.accessKey.create.mutate({ customerId: deleted.id, name: "Goes too" });
  await api.customer.delete.mutate({ id: deleted.id });
  const make = (extension: string, name: string) =>
    api.extension.create.mutate({ customerId: customer.id, extension, name, detail: "Two\nlines." });
  const { extension } = await make("front-desk.second-floor", LONG_NAME);
  await registerPhone(extension, `A phone that says a great deal about itself ${"and goes on ".repeat(10)}`);
  await make("1001", "");
  await api.extension.delete.mutate({ id: (await make("1002", "Gone")).extension.id });
  const { trunk } = await api.trunk.create.mutate({
    customerId: customer.id,
    domainName: `t${unique()}-with-a-long-name`.slice(0, 31),
    name: LONG_NAME,
    authTypes: ["basic", "ip"],
    username: "office",
    allowedIps: ["192.0.2.1", "198.51.100.0/24", "2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8::/32"],
  });
  return {
    customer: customer.id,
    deleted: deleted.id,
    phone: phoneNumber,
    extension: extension.id,
    trunk: trunk.id,
  };
}

async function look(page: Page, { path, open, shown }: View, scene: Scene): Promise<void> {
  await visit(page, path(scene));
  await open?.(page);
  await expect(shown(page).first()).toBeVisible();
  await inspect(page);
}

test.describe("every page is accessible and fits, at 360, 768 and 1440 px, light and dark", () => {
  let scene: Scene;
  test.beforeAll(async ({ api }) => {
    scene = await prepare(api);
  });
  for (const [name, view] of Object.entries(VIEWS)) {
    test(name, ({ page }) => look(page, view, scene));
  }
  for (const [name, view] of Object.entries(OPEN_VIEWS)) {
    test(name, async ({ openPage }) => look(await openPage(), view, scene));
  }
});

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not get to ${String(target)}`);
}

test("the keyboard alone signs in, creates a customer, finds it and deletes it", async ({ openPage }) => {
  const admin = await addAdmin("admin");
  const name = `Keyboard ${unique()}`;
  const page = await openPage();
  const { keyboard } = page;
  await visit(page, "/customers");
  await tabTo(page, page.getByLabel(t("auth.email")));
  await keyboard.type(admin.email);
  await tabTo(page, page.getByLabel(t("auth.password"), { exact: true }));
  await keyboard.type(admin.password);
  await keyboard.press("Enter");

  await tabTo(page, page.getByRole("link", { name: t("customers.create") }).first());
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: t("customers.name"), exact: true })).toBeFocused();
  await keyboard.type(name);
  await tabTo(page, page.getByRole("textbox", { name: t("customers.email"), exact: true }));
  await keyboard.type(`${unique()}@example.com`);
  await keyboard.press("Enter");
  await expect(heading(name)(page)).toBeVisible();

  // The second key has to follow within a moment.
  await expect(async () => {
    await keyboard.press("g");
    await keyboard.press("h");
    await expect(heading(t("nav.home"))(page)).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: t("palette.title") })).toBeFocused();
  await keyboard.type(name);
  await expect(page.getByRole("option", { name, selected: true })).toBeVisible();
  await keyboard.press("Enter");
  await expect(heading(name)(page)).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: t("customers.deleteMenu") }));
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: t("delete.keep") })).toBeFocused();
  await keyboard.press("Shift+Tab");
  await expect(page.getByRole("textbox", { name: t("delete.confirm", { name }) })).toBeFocused();
  await keyboard.type(name);
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: t("deletion.done"), exact: true })).toBeVisible();
});

test("on a narrow screen the navigation is a drawer", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await visit(page, "/");
  const link = page.getByRole("navigation", { name: t("nav.label") }).getByRole("link", { name: t("nav.customers") });
  await expect(link).toBeHidden();
  await page.getByRole("button", { name: t("nav.open") }).click();
  await link.click();
  await expect(heading(t("customers.title"))(page)).toBeVisible();
  await expect(link).toBeHidden();
});

test("the health page shows the parts and that the queue is served", async ({ page }) => {
  await visit(page, "/operations/health");
  const service = t("health.names.service", { service: "customer-manager" });
  for (const part of [t("health.names.database"), t("health.names.redis"), t("health.names.rabbitmq"), service])
    await expect(page.getByRole("row").filter({ hasText: part }).first()).toContainText(t("health.state.ok"));
  const queue = page.getByRole("row").filter({ hasText: "bin-manager.customer-manager.request" });
  await expect(queue.getByRole("cell").last()).toHaveText(/^[1-9]/);
});
