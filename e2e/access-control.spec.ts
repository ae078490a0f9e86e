import { request } from "@playwright/test";
import { addAdmin, cookieHeader, OWNER, signIn, STRANGER, trySignIn, unique } from "./support/accounts";
import { environment } from "./support/environment";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, program, programOf } from "./support/program";

const NOBODY = "11111111-2222-4333-8444-555555555555";
const PAGES = [
  "/",
  "/customers",
  "/customers/new",
  `/customers/${NOBODY}`,
  `/customers/${NOBODY}/edit`,
  "/activity/audit",
  "/operations/health",
  "/settings",
  "/account",
  "/no-such-page",
];

test("strangers get no page and no answer", async () => {
  const visitor = await request.newContext({ baseURL: environment.baseUrl(), storageState: STRANGER });
  for (const page of PAGES) {
    const answer = await visitor.get(page, { maxRedirects: 0 });
    expect(answer.status(), page).toBe(307);
    expect(answer.headers().location, page).toMatch(/^(http:\/\/[^/]+)?\/sign-in(\?|$)/);
  }
  await visitor.dispose();
  const stranger = program({});
  const calls = {
    "customer.list": stranger.customer.list.query({}),
    "customer.create": stranger.customer.create.mutate({ email: "stranger@example.com" }),
    "accessKey.list": stranger.accessKey.list.query({}),
    "audit.list": stranger.audit.list.query({}),
    "health.get": stranger.health.get.query(),
    "search.find": stranger.search.find.query({ query: "a" }),
    "session.me": stranger.session.me.query(),
  };
  const codes = await Promise.all(Object.values(calls).map(codeOf));
  expect(new Set(codes)).toEqual(new Set(["UNAUTHORIZED"]));
});

test("a request that another site makes a browser send is refused", async ({ request: browser, api }) => {
  const email = `${unique()}@example.com`;
  const create = (headers: Record<string, string>) =>
    browser.post("/api/trpc/customer.create", { headers, data: { email } });
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${environment.baseUrl()}.evil.example` },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) expect((await create(headers)).status(), JSON.stringify(headers)).toBe(403);
  const byLink = await browser.get(`/api/trpc/customer.create?input=${encodeURIComponent(JSON.stringify({ email }))}`);
  expect(byLink.status()).toBe(405);
  expect((await api.customer.list.query({ filter: { email } })).items).toEqual([]);
  expect((await create({ origin: environment.baseUrl() })).status()).toBe(200);
});

test("a customer's own admin sees that customer and nothing else", async ({ openPage, api }) => {
  const [own, other] = [await addCustomer(api), await addCustomer(api)];
  const key = await api.accessKey.create.mutate({ customerId: other.id, name: "foreign" });
  const admin = await addAdmin("admin", own.id);
  const page = await openPage(admin);
  const heading = (name: string) => page.getByRole("heading", { name, exact: true });

  await visit(page, "/customers");
  await expect(page.getByRole("table").getByRole("link")).toHaveText([own.name]);
  await expect(page.getByRole("link", { name: t("customers.create") })).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("nav.health") })).toHaveCount(0);
  for (const path of [`/customers/${other.id}`, `/customers/${other.id}/edit`, `/customers/${NOBODY}`]) {
    await visit(page, path);
    await expect(heading(t("states.recordNotFoundTitle")), path).toBeVisible();
  }
  for (const path of ["/customers/new", "/operations/health"]) {
    await visit(page, path);
    await expect(heading(t("states.forbiddenTitle")), path).toBeVisible();
  }
  await visit(page, `/customers/${own.id}?dialog=delete`);
  await expect(heading(own.name)).toBeVisible();
  await expect(page.getByRole("button", { name: t("customers.deleteMenu") })).toHaveCount(0);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);

  const theirs = programOf(await signIn(admin));
  expect(await codeOf(theirs.customer.get.query({ id: other.id }))).toBe("NOT_FOUND");
  expect(await codeOf(theirs.accessKey.rotate.mutate({ id: key.key.id }))).toBe("NOT_FOUND");
  expect(await codeOf(theirs.customer.delete.mutate({ id: own.id }))).toBe("FORBIDDEN");
  expect(await theirs.search.find.query({ query: other.name })).toEqual([]);
  expect(await theirs.search.find.query({ query: key.key.id })).toEqual([]);
  for (const filter of [{}, { customerId: other.id }, { resourceId: other.id }]) {
    const { items } = await theirs.audit.list.query({ filter });
    expect(items.filter(({ customerId }) => customerId !== own.id)).toEqual([]);
  }
});

test("support reads, and is offered nothing that changes a customer", async ({ openPage, api }) => {
  const customer = await addCustomer(api);
  const { key } = await api.accessKey.create.mutate({ customerId: customer.id, name: "Of the customer" });
  const admin = await addAdmin("support");
  const page = await openPage(admin);
  await visit(page, `/customers/${customer.id}?tab=access-keys`);
  await expect(page.getByRole("rowheader", { name: "Of the customer" })).toBeVisible();
  for (const name of [t("customers.deleteMenu"), t("keys.create"), t("common.actionsFor", { name: "Of the customer" })])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("common.edit"), exact: true })).toHaveCount(0);

  const support = programOf(await signIn(admin));
  const calls = {
    "customer.update": support.customer.update.mutate({ id: customer.id }),
    "customer.delete": support.customer.delete.mutate({ id: customer.id }),
    "customer.restore": support.customer.restore.mutate({ id: customer.id }),
    "accessKey.create": support.accessKey.create.mutate({ customerId: customer.id }),
    "accessKey.revoke": support.accessKey.revoke.mutate({ id: key.id }),
  };
  const codes = await Promise.all(Object.values(calls).map(codeOf));
  expect(new Set(codes)).toEqual(new Set(["FORBIDDEN"]));
  expect(await codeOf(support.accessKey.get.query({ id: key.id }))).toBe("ok");
});

test("pages run their own scripts alone, and cannot be framed", async ({ page, complaints }) => {
  const nonces = new Set<string>();
  for (const path of ["/customers", "/customers", "/no-such-page"]) {
    const answer = await visit(page, path);
    const headers = answer?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    const nonce = /script-src [^;]*'nonce-([^']{16,})'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
    expect(headers).not.toHaveProperty("x-powered-by");
    const scripts = ((await answer?.text()) ?? "").match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(3);

  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<img alt="" src="data:," onerror="window.injected = true">');
  });
  await expect.poll(() => complaints).toHaveLength(1);
  expect(complaints.splice(0)[0]).toContain("Content Security Policy");
  expect(await page.evaluate(() => "injected" in window)).toBe(false);
});

test("answers of the API are not kept, and cookies are out of reach for scripts and other sites", async ({
  request: browser,
}) => {
  const answer = await browser.get("/api/trpc/session.me");
  expect(answer.headers()).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  const visitor = await request.newContext({ baseURL: environment.baseUrl(), storageState: STRANGER });
  const { state } = await trySignIn(visitor, OWNER);
  await visitor.dispose();
  expect(state.cookies.length).toBeGreaterThan(1);
  for (const cookie of state.cookies)
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("a body above the limit is refused, and the process goes on", async ({ request: browser, api }) => {
  const answer = await browser.post("/api/trpc/customer.create", {
    headers: { origin: environment.baseUrl() },
    data: { email: "large@example.com", detail: "x".repeat(1_100_000) },
  });
  expect(answer.status()).toBe(413);
  expect(await codeOf(api.session.me.query())).toBe("ok");
});

test("address and request id are ours to say, not the client's", async ({ ownerSession, api }) => {
  const forged = program({
    cookie: cookieHeader(ownerSession),
    "x-voipbin-address": "203.0.113.9",
    "x-forwarded-for": "203.0.113.9",
    "x-request-id": "forged-request",
  });
  const { id } = await addCustomer(forged);
  const { items } = await api.audit.list.query({ filter: { resourceId: id } });
  expect(items).toHaveLength(1);
  expect(items[0]?.ip).toMatch(/^(127\.0\.0\.1|::1)$/);
  expect(items[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});
