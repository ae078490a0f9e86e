import { OWNER, sessionCookie, STRANGER } from "./support/accounts";
import { environment } from "./support/environment";
import { expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";
import { codeOf, program } from "./support/program";
import { PASSWORD_LEAST } from "@/server/domain/admin/limits";

test.use({ storageState: STRANGER });

test("the one-time link makes the first admin, and works once", async ({ page, context, openPage }) => {
  await visit(page, environment.setupUrl());
  await expect(page.getByRole("heading", { name: t("auth.setupTitle") })).toBeVisible();
  const name = page.getByLabel(t("auth.name"));
  const password = page.getByLabel(t("auth.newPassword"), { exact: true });
  const submit = page.getByRole("button", { name: t("auth.createAccount") });

  await submit.click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute("aria-invalid", "true");

  await name.fill(OWNER.name);
  await page.getByLabel(t("auth.email")).fill(OWNER.email);
  await password.fill("x".repeat(PASSWORD_LEAST - 1));
  await submit.click();
  await expect(password).toBeFocused();
  await expect(password).toHaveAccessibleDescription(new RegExp(`Use at least ${PASSWORD_LEAST} characters`));

  await password.fill(OWNER.password);
  await submit.click();
  await expect(page.getByRole("heading", { name: t("nav.home"), level: 1 })).toBeVisible();
  await expect(page.getByText(t("home.hello", { name: OWNER.name }))).toBeVisible();
  expect(await sessionCookie(context)).toMatchObject({ httpOnly: true, sameSite: "Lax" });

  const stranger = await openPage();
  await visit(stranger, environment.setupUrl());
  await expect(stranger.getByRole("heading", { name: t("auth.linkUsedTitle") })).toBeVisible();
  const token = new URL(environment.setupUrl()).searchParams.get("token") ?? "";
  expect(await codeOf(program({}).auth.acceptLink.mutate({ ...OWNER, email: "second@example.com", token }))).toBe(
    "NOT_FOUND",
  );
});
