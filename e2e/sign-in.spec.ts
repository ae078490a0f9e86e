import { request, type Page } from "@playwright/test";
import { addAdmin, cookieHeader, sessionCookie, signIn, STRANGER, trySignIn, unique } from "./support/accounts";
import { environment } from "./support/environment";
import { expect, seesItsEnd, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, program, programOf } from "./support/program";

test.use({ storageState: STRANGER });

const passwordOf = (page: Page) => page.getByLabel(t("auth.password"), { exact: true });

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel(t("auth.email")).fill(email);
  await passwordOf(page).fill(password);
  await page.getByRole("button", { name: t("auth.signIn"), exact: true }).click();
}

test("an unknown account and a wrong password get the same answer; a good one leads to the page asked for", async ({
  page,
}) => {
  const admin = await addAdmin("support");
  await visit(page, "/customers?view=deleted");
  await expect(page).toHaveURL(/\/sign-in\?/);

  for (const email of [admin.email, `nobody.${unique()}@example.com`]) {
    await fillIn(page, email, "not the password");
    await expect(passwordOf(page)).toHaveAccessibleDescription(t("auth.wrong"));
    await expect(passwordOf(page)).toBeFocused();
  }

  await fillIn(page, admin.email, admin.password);
  await expect(page).toHaveURL(`${environment.baseUrl()}/customers?view=deleted`);
  await expect(page.getByRole("heading", { name: t("customers.title"), level: 1 })).toBeVisible();
});

test("after the sign-in, only a page of this console is gone on to", async ({ openPage }) => {
  const page = await openPage(await addAdmin("support"));
  const elsewhere = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/api/auth/signout",
    "javascript:alert(1)",
  ];
  for (const address of elsewhere) {
    await visit(page, `/sign-in?callbackUrl=${encodeURIComponent(address)}`);
    await expect(page, address).toHaveURL(`${environment.baseUrl()}/`);
  }
});

test("signing out ends the session for whoever holds a copy of its cookie", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const page = await openPage(admin);
  await visit(page, "/account");
  const copy = { cookies: [await sessionCookie(page.context())], origins: [] };
  expect(await codeOf(programOf(copy).session.me.query())).toBe("ok");

  await page.getByRole("button", { name: t("shell.account", { name: admin.name }) }).click();
  await page.getByRole("menuitem", { name: t("shell.signOut") }).click();
  await expect(page.getByRole("heading", { name: t("auth.signIn") })).toBeVisible();

  expect(await codeOf(programOf(copy).session.me.query())).toBe("UNAUTHORIZED");
  await visit(page, "/customers");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a session can be ended from another one, and says so where it was", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const [here, there] = [await openPage(admin), await openPage(admin)];
  await visit(there, "/customers");
  await visit(here, "/account");
  const sessions = here.getByRole("region", { name: t("sessions.title") }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: t("sessions.current") })).toHaveCount(1);

  await here.getByRole("button", { name: /^End session: / }).click();
  await expect(here.getByText(t("sessions.ended"))).toBeVisible();
  await expect(sessions).toHaveCount(1);

  await seesItsEnd(there);
  await fillIn(there, admin.email, admin.password);
  await expect(there).toHaveURL(/\/customers/);
});

test("guessing a password is stopped after ten attempts, whatever the eleventh is", async () => {
  const admin = await addAdmin("support");
  const visitor = await request.newContext({ baseURL: environment.baseUrl() });
  for (let attempt = 1; attempt <= 10; attempt++) {
    const { status, reason } = await trySignIn(visitor, { email: admin.email, password: `guess ${attempt}` });
    expect({ status, reason }).toEqual({ status: 401, reason: "WRONG_CREDENTIALS" });
  }
  const { status, reason } = await trySignIn(visitor, admin);
  expect({ status, reason }).toEqual({ status: 429, reason: "TOO_MANY_ATTEMPTS" });
  await visitor.dispose();
});

test("a forged or altered cookie is a stranger's", async () => {
  const state = await signIn(await addAdmin("support"));
  const altered = cookieHeader(state).replace(/(voipbin\.session=[^;]{40})./, "$1_");
  for (const cookie of [altered, "voipbin.session=x", "voipbin.session=", `voipbin.session=${"a.".repeat(2_000)}`]) {
    expect(await codeOf(program({ cookie }).session.me.query())).toBe("UNAUTHORIZED");
  }
});
