import { readdirSync } from "node:fs";
import { join } from "node:path";
import { request } from "@playwright/test";
import { AREAS } from "@/components/shell/areas";
import { rightsOf, ROLES } from "@/server/kernel/permissions";
import { ROUTES } from "@/server/routes";
import { addAdmin, cookieHeader, OWNER, signIn, STRANGER } from "./support/accounts";
import { environment } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

// A walk over every address that there is, by the tables that say who may ask for it.

const SOMETHING = "11111111-2222-4333-8444-555555555555";
/** The pages of Next, from the folders that make them; a new one is among them. */
const PAGES = readdirSync(join(import.meta.dirname, "../app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) =>
    `/${file}`
      .replace(/\/page\.tsx$/, "")
      .replaceAll(/\/\([^/]+\)/g, "")
      .replaceAll(/\[[^\]]+\]/g, SOMETHING),
  )
  .map((path) => (path === "" ? "/" : path))
  .sort();
const isOpen = (path: string): boolean => Object.hasOwn(ROUTES, path);

test("a stranger, a forged session and an access key get no page that is not open", async ({ api }) => {
  const customer = await addCustomer(api);
  const { token } = await api.accessKey.create.mutate({ customerId: customer.id, name: "walk" });
  const visitor = await request.newContext({ baseURL: environment.baseUrl(), storageState: STRANGER });
  const callers: Record<string, Record<string, string>> = {
    "a stranger": {},
    "a forged session": { cookie: "voipbin.session=forged; __Host-voipbin.session=forged" },
    "an access key": { authorization: `Bearer ${token}` },
  };
  expect(PAGES.length).toBeGreaterThan(10);
  for (const [who, headers] of Object.entries(callers))
    for (const path of PAGES) {
      const answer = await visitor.get(path, { headers, maxRedirects: 0 });
      const what = `${who} at ${path}`;
      if (isOpen(path)) {
        expect(answer.status(), what).toBe(200);
        continue;
      }
      const body = await answer.text();
      expect(body, what).not.toContain(customer.name);
      // Next redirects by a status, or by a page that holds nothing else.
      if (answer.status() === 307) expect(answer.headers().location, what).toMatch(/\/sign-in(\?|$)/);
      else expect(body, what).toContain("NEXT_REDIRECT");
    }
  await visitor.dispose();
});

test("an address for the machine itself, and one that nobody listed, tell nobody anything", async () => {
  const visitor = await request.newContext({ baseURL: environment.baseUrl(), storageState: STRANGER });
  for (const [path, access] of Object.entries(ROUTES)) {
    if (access.kind !== "machine") continue;
    const proxied = await visitor.get(path, { headers: { "x-forwarded-for": "203.0.113.1" } });
    expect(proxied.status(), path).toBe(404);
  }
  for (const path of ["/api", "/api/", "/api/new", "/api/trpc/", "/api/trpc/no.such"]) {
    const answer = await visitor.get(path, { maxRedirects: 0 });
    expect([307, 308, 404], path).toContain(answer.status());
  }
  await visitor.dispose();
});

/** What the navigation leads to, with the right that it takes. */
const PLACES = AREAS.flatMap((area) => [{ href: area.href, right: area.right }, ...(area.pages ?? [])]);

for (const [reach, scoped] of [
  ["of all", false],
  ["of one customer", true],
] as const)
  for (const role of ROLES)
    test(`the ${role} ${reach} gets the pages that the table of rights says, and no error on any`, async ({
      openPage,
      api,
    }) => {
      const customerId = scoped ? (await addCustomer(api)).id : null;
      const account = role === "owner" && !scoped ? OWNER : await addAdmin(role, customerId);
      const rights = rightsOf(role, customerId);
      const visitor = await request.newContext({
        baseURL: environment.baseUrl(),
        extraHTTPHeaders: { cookie: cookieHeader(await signIn(account)) },
      });
      for (const path of PAGES) expect((await visitor.get(path)).status(), path).toBeLessThan(500);
      const page = await openPage(account);
      await visit(page, "/settings");
      const navigation = page.getByRole("navigation", { name: t("nav.label") });
      for (const { href, right } of PLACES) {
        const may = right === undefined || rights.has(right);
        const html = await (await visitor.get(href)).text();
        expect(html.includes(`class="state__title">${t("states.forbiddenTitle")}`), href).toBe(!may);
        await expect(navigation.locator(`a[href="${href}"]`).first(), href).toBeVisible({ visible: may });
      }
      await visitor.dispose();
    });
