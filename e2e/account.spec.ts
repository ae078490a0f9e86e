import type { BrowserContext, Page } from "@playwright/test";
import { codeOf as totpCode } from "@/server/testing/admins";
import { addAdmin, signIn, STRANGER, trySignIn, type Account } from "./support/accounts";
import { environment } from "./support/environment";
import { expect, seesItsEnd, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, programOf } from "./support/program";

test.use({ storageState: STRANGER });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** Answers the question that stands before a change of the account. */
async function confirm(page: Page, { password }: Account): Promise<void> {
  await field(page, t("account.currentPassword")).fill(password);
  await button(page, t("account.confirm")).click();
}

async function beginSignIn(page: Page, { email, password }: Account): Promise<void> {
  await visit(page, "/sign-in");
  await field(page, t("auth.email")).fill(email);
  await field(page, t("auth.password")).fill(password);
  await button(page, t("auth.signIn")).click();
}

/** Reads the codes that are shown once, and closes their dialog. */
async function takeCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole("dialog", { name: t("account.codesTitle") });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog.getByText(t("account.codesStoreFirst"))).toBeVisible();
  const codes = await dialog.getByRole("listitem").allInnerTexts();
  await dialog.getByRole("checkbox").check();
  await button(page, t("common.done")).click();
  await expect(dialog).toHaveCount(0);
  return codes;
}

const signedIn = (page: Page) => expect(page.getByRole("heading", { name: t("nav.home"), level: 1 })).toBeVisible();

test("an authenticator app is asked for after the password; a recovery code helps once", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const page = await openPage(admin);
  await visit(page, "/account");
  await button(page, t("account.setUp")).click();
  await confirm(page, { ...admin, password: "not the password" });
  await expect(field(page, t("account.currentPassword"))).toHaveAccessibleDescription("This is not your password.");
  await confirm(page, admin);

  await expect(page.getByRole("img", { name: t("account.qr") })).toBeVisible();
  const secret = (await page.locator(".totp__secret code").innerText()).replaceAll(" ", "");
  await field(page, t("auth.code")).fill("000000");
  await button(page, t("account.turnOn")).click();
  await expect(field(page, t("auth.code"))).toHaveAttribute("aria-invalid", "true");
  const atOnce = totpCode(secret);
  await field(page, t("auth.code")).fill(atOnce);
  await button(page, t("account.turnOn")).click();
  const codes = await takeCodes(page);
  expect(codes).toHaveLength(10);
  await expect(page.getByText(t("account.on"), { exact: true })).toBeVisible();

  const other = await openPage();
  await beginSignIn(other, admin);
  await expect(field(other, t("auth.code"))).toBeFocused();
  await field(other, t("auth.code")).fill(atOnce);
  await other.keyboard.press("Enter");
  await expect(field(other, t("auth.code"))).toHaveAccessibleDescription(new RegExp(t("auth.wrongCode")));
  await field(other, t("auth.code")).fill(totpCode(secret, 1));
  await other.keyboard.press("Enter");
  await signedIn(other);

  for (const [attempt, code = ""] of [codes[0], codes[0], codes[1]].entries()) {
    const third = await openPage();
    await beginSignIn(third, admin);
    await button(third, t("auth.insteadRecovery")).click();
    await field(third, t("auth.recoveryCode")).fill(code.toUpperCase());
    await button(third, t("auth.signIn")).click();
    if (attempt !== 1) await signedIn(third);
    else
      await expect(field(third, t("auth.recoveryCode"))).toHaveAccessibleDescription(
        new RegExp(t("auth.wrongRecoveryCode")),
      );
  }
  await page.reload();
  await expect(page.getByText(t("account.codesLeft", { count: 8 }))).toBeVisible();
});

test("the password alone begins no session where there is a second factor", async ({ openPage, request: visitor }) => {
  const admin = await addAdmin("support");
  const owner = programOf(await signIn(admin));
  expect(await codeOf(owner.account.startTotp.mutate())).toBe("FORBIDDEN");
  await owner.account.confirm.mutate({ password: admin.password });
  const { secret } = await owner.account.startTotp.mutate();
  await owner.account.confirmTotp.mutate({ code: totpCode(secret) });
  const { status, reason, state } = await trySignIn(visitor, admin);
  expect({ status, reason }).toEqual({ status: 401, reason: "WRONG_CODE" });
  expect(await codeOf(programOf(state).session.me.query())).toBe("UNAUTHORIZED");
  const page = await openPage();
  await beginSignIn(page, admin);
  await expect(page.getByRole("heading", { name: t("auth.secondTitle") })).toBeVisible();
  await visit(page, "/account");
  await expect(page).toHaveURL(/\/sign-in/);
});

/** A device that recognises its owner, as Chromium plays one. */
async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey signs in without an e-mail, is a second step after the password, and proves who one is", async ({
  openPage,
}) => {
  const admin = await addAdmin("support");
  const page = await openPage(admin);
  await addAuthenticator(page.context(), page);
  await visit(page, "/account");
  await button(page, t("passkeys.add")).click();
  await confirm(page, admin);
  await field(page, t("passkeys.name")).fill("Work laptop");
  await button(page, t("passkeys.make")).click();
  expect(await takeCodes(page)).toHaveLength(10);
  const passkeys = page.getByRole("region", { name: t("passkeys.title") });
  await expect(passkeys.getByText("Work laptop")).toBeVisible();

  const leave = async () => {
    await page.goto("about:blank"); // a page of the console would go to the sign-in by itself
    await page.context().clearCookies();
    await visit(page, "/sign-in");
  };
  await leave();
  await button(page, t("auth.usePasskey")).click();
  await signedIn(page);

  await leave();
  await beginSignIn(page, admin);
  await expect(button(page, t("auth.usePasskey"))).toBeFocused();
  await page.keyboard.press("Enter");
  await signedIn(page);

  await visit(page, "/account");
  await button(page, t("passkeys.removeOf", { name: "Work laptop" })).click();
  await expect(page.getByText(t("account.removeLast"))).toBeVisible();
  await button(page, t("passkeys.remove")).click();
  await button(page, t("auth.usePasskey")).click();
  await expect(passkeys.getByText(t("passkeys.noneTitle"))).toBeVisible();

  await leave();
  await button(page, t("auth.usePasskey")).click();
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await beginSignIn(page, admin);
  await signedIn(page);
});

test("a new password ends all other sessions, and the old one no longer signs in", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const [here, there] = [await openPage(admin), await openPage(admin)];
  await visit(there, "/customers");
  await visit(here, "/account");
  await button(here, t("account.changePassword")).click();
  await confirm(here, admin);
  const next = { ...admin, password: "four words in a row" };
  await field(here, t("account.newPassword")).fill("short");
  await here
    .getByRole("dialog")
    .getByRole("button", { name: t("account.changePassword") })
    .click();
  await expect(field(here, t("account.newPassword"))).toBeFocused();
  await field(here, t("account.newPassword")).fill(next.password);
  await here
    .getByRole("dialog")
    .getByRole("button", { name: t("account.changePassword") })
    .click();
  await expect(here.getByText(t("account.passwordChanged"))).toBeVisible();

  await seesItsEnd(there);
  await beginSignIn(there, admin);
  await expect(field(there, t("auth.password"))).toHaveAccessibleDescription(t("auth.wrong"));
  await beginSignIn(there, next);
  await signedIn(there);
});

test("all other sessions can be ended at once", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const [here, ...others] = [await signIn(admin), await signIn(admin), await signIn(admin)];
  const page = await openPage(admin);
  await visit(page, "/account");
  const sessions = page.getByRole("region", { name: t("sessions.title") }).getByRole("listitem");
  await expect(sessions).toHaveCount(4);
  await button(page, t("sessions.endOthers")).click();
  await expect(sessions).toHaveCount(1);
  for (const state of [here, ...others]) expect(await codeOf(programOf(state).session.me.query())).toBe("UNAUTHORIZED");
});

test("one's own name is changed everywhere", async ({ openPage }) => {
  const admin = await addAdmin("support");
  const page = await openPage(admin);
  await visit(page, "/account");
  await button(page, t("account.rename")).click();
  await field(page, t("account.name")).fill("Robin Renamed");
  await button(page, t("common.save")).click();
  await expect(page.getByRole("button", { name: t("shell.account", { name: "Robin Renamed" }) })).toBeVisible();
});

const FOREIGN: Record<string, string>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
];

test("a form of another site can neither begin nor end a session", async ({ request: visitor }) => {
  for (const path of ["/api/auth/callback/credentials", "/api/auth/signout", "/api/trpc/auth.begin"])
    for (const headers of FOREIGN)
      expect((await visitor.post(path, { headers, data: {} })).status(), `${path} ${JSON.stringify(headers)}`).toBe(
        403,
      );
  for (const path of ["signin", "signout", "session", "providers", "error", "verify-request"])
    expect((await visitor.get(`/api/auth/${path}`)).status(), path).toBe(404);
  expect((await visitor.get("/api/auth/csrf", { headers: { origin: environment.baseUrl() } })).status()).toBe(200);
});

test("every answer has the security headers: pages, the API, files and errors", async ({ request: visitor }) => {
  const answers = [
    await visitor.get("/sign-in"),
    await visitor.get("/no-such-page", { maxRedirects: 0 }),
    await visitor.get("/api/trpc/session.me"),
    await visitor.get("/api/trpc/no.such"),
    await visitor.get("/api/auth/csrf"),
    await visitor.get("/api/auth/nothing"),
    await visitor.get("/api/live"),
    await visitor.get("/icon.svg"),
    await visitor.get("/_next/static/none.js"),
    await visitor.post("/sign-in", { headers: { origin: "https://evil.example" } }),
  ];
  for (const answer of answers) {
    const headers = answer.headers();
    expect(headers, answer.url()).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"], answer.url()).not.toContain(",");
    expect(headers).not.toHaveProperty("x-powered-by");
  }
});
