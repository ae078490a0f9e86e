import AxeBuilder from "@axe-core/playwright";
import type { ExtensionRecord } from "@/server/domain/registrar/extension/repository";
import { settingsOf } from "@/server/domain/registrar/handover/files";
import { extensionPassword } from "@/server/domain/registrar/schemas";
import { environment } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import type { Program } from "./support/program";

async function anExtension(api: Program) {
  const { id: customerId } = await addCustomer(api);
  return await api.extension.create.mutate({ customerId, extension: "1001", name: "Front desk" });
}

test("an admin hands an extension over to a phone, and sees at once that it was used", async ({
  page,
  api,
  browser,
  complaints,
}) => {
  test.setTimeout(400_000);
  const { extension, password } = await anExtension(api);
  await visit(page, `/sip/extensions/${extension.id}`);
  await page.getByRole("button", { name: t("handover.button") }).click();
  const dialog = page.getByRole("dialog", { name: t("handover.title", { extension: "1001" }) });
  await dialog.getByRole("switch", { name: t("handover.renew") }).click();
  await dialog.getByRole("button", { name: t("handover.make") }).click();
  await expect(dialog.getByRole("img", { name: t("handover.qr") })).toBeVisible();
  const link = (await dialog.locator("code").first().textContent()) ?? "";
  expect(link).toMatch(new RegExp(`^${environment.baseUrl()}/phone#[\\w-]{46}$`));
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  const context = await browser.newContext({
    viewport: { width: 360, height: 780 },
    userAgent: "Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36",
  });
  const phone = await context.newPage();
  phone.on("console", (message) => {
    // The refusal at the end is written there by the browser itself.
    if (message.type() === "error" && !/status of 409/.test(message.text())) complaints.push(message.text());
  });
  const asked: string[] = [];
  phone.on("request", (request) => void asked.push(`${request.url()} ${request.headers().referer ?? ""}`));
  const answer = await visit(phone, link);
  expect(answer?.headers()["cache-control"]).toContain("no-store");
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(phone.getByRole("navigation")).toHaveCount(0);
  expect((await new AxeBuilder({ page: phone }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  // Whoever only looks at the page has used nothing up.
  expect((await api.handover.get.query({ id: extension.id }))?.state).toBe("open");
  await phone.getByRole("button", { name: t("handover.phone.show") }).click();
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText(t("handover.phone.ready", { extension: "1001" }));
  const values = await phone.locator("dd code").allTextContents();
  expect(values).toContain(extension.realm);
  expect(values).not.toContain(password);
  expect(values).toContain((await api.extension.revealPassword.mutate({ id: extension.id })).password);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect((await new AxeBuilder({ page: phone }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  const [download] = await Promise.all([
    phone.waitForEvent("download"),
    phone.getByRole("link", { name: t("handover.phone.files_xml") }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("1001-linphone.xml");
  expect(asked.join("\n")).not.toContain(link.split("#")[1]);

  await expect(dialog.getByText(t("handover.usedHintRenewed"))).toBeVisible();
  await expect(dialog.getByText(/Chrome 150 · Android/)).toBeVisible();

  await phone.reload();
  await phone.getByRole("button", { name: t("handover.phone.show") }).click();
  await expect(phone.getByRole("heading", { name: t("handover.phone.used") })).toBeVisible();
  expect((await new AxeBuilder({ page: phone }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await visit(phone, `${environment.baseUrl()}/phone`);
  await expect(phone.getByRole("heading", { name: t("handover.phone.unknown") })).toBeVisible();
  await context.close();
});

test("a link works for ten minutes on a computer whose clock is wrong, too", async ({ page, api }) => {
  const { extension } = await anExtension(api);
  await page.clock.setSystemTime(Date.now() + 3_600_000);
  await visit(page, `/sip/extensions/${extension.id}`);
  await page.getByRole("button", { name: t("handover.button") }).click();
  const dialog = page.getByRole("dialog", { name: t("handover.title", { extension: "1001" }) });
  await dialog.getByRole("button", { name: t("handover.make") }).click();
  await expect(dialog.getByRole("img", { name: t("handover.qr") })).toBeVisible();
  await expect(dialog.getByText(/ (10:00|9:\d\d) /)).toBeVisible();
});

test("a link that is withdrawn says so on both sides", async ({ page, api, openPage }) => {
  const { extension } = await anExtension(api);
  await visit(page, `/sip/extensions/${extension.id}`);
  await page.getByRole("button", { name: t("handover.button") }).click();
  const dialog = page.getByRole("dialog", { name: t("handover.title", { extension: "1001" }) });
  await dialog.getByRole("button", { name: t("handover.make") }).click();
  await expect(dialog.getByRole("img", { name: t("handover.qr") })).toBeVisible();
  const link = (await dialog.locator("code").first().textContent()) ?? "";
  await dialog.getByRole("button", { name: t("handover.end") }).click();
  await expect(dialog.getByText(t("handover.ended"))).toBeVisible();
  const phone = await openPage();
  await visit(phone, link);
  await phone.getByRole("button", { name: t("handover.phone.show") }).click();
  await expect(phone.getByRole("heading", { name: t("handover.phone.ended") })).toBeVisible();
});

test("Linphone's file is XML that keeps every character of a password", async ({ page }) => {
  const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => extensionPassword.safeParse(character).success && !/[\ufffe\uffff]/.test(character),
  );
  expect(characters.length).toBeGreaterThan(60_000);
  const fileOf = (password: string): string =>
    settingsOf(
      {
        extension: "1001",
        name: `"Front" <desk> & \\ co`,
        realm: "realm.example",
        username: "desk",
        password,
      } as ExtensionRecord,
      { transport: "tls", proxy: "sip.example.com:5061" },
    ).files.xml;
  const password = characters.join("");
  const read = (file: string) =>
    page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, "application/xml");
      const entries = [...document.querySelectorAll("config > section > entry")];
      return {
        broken: document.querySelector("parsererror") !== null,
        root: document.documentElement.namespaceURI,
        entries: Object.fromEntries(
          entries.map((entry) => [
            `${entry.parentElement?.getAttribute("name")}/${entry.getAttribute("name")}`,
            entry.textContent,
          ]),
        ),
      };
    }, file);
  const { broken, root, entries } = await read(fileOf(password));
  expect({ broken, root }).toEqual({ broken: false, root: "http://www.linphone.org/xsds/lpconfig.xsd" });
  expect(entries["auth_info_0/passwd"] === password).toBe(true);
  expect({ ...entries, "auth_info_0/passwd": "" }).toEqual({
    "misc/transient_provisioning": "1",
    "sip/default_proxy": "0",
    "proxy_0/reg_proxy": "<sip:realm.example;transport=tls>",
    "proxy_0/reg_route": "<sip:sip.example.com:5061;transport=tls;lr>",
    "proxy_0/reg_identity": `"\\"Front\\" <desk> & \\\\ co" <sip:1001@realm.example>`,
    "proxy_0/reg_expires": "3600",
    "proxy_0/reg_sendregister": "1",
    "proxy_0/realm": "realm.example",
    "auth_info_0/username": "1001",
    "auth_info_0/userid": "desk",
    "auth_info_0/passwd": "",
    "auth_info_0/realm": "realm.example",
    "auth_info_0/domain": "realm.example",
  });
  // Two characters are none of XML: then the digest says the same.
  const other = await read(fileOf("a\uffffz"));
  expect(other.broken).toBe(false);
  expect(other.entries["auth_info_0/ha1"]).toMatch(/^[0-9a-f]{32}$/);
});
