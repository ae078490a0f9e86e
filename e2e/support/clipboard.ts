import type { Locator } from "@playwright/test";
import { expect } from "./fixtures";
import { t } from "./messages";

/** Lets a dialog copy its secret. @returns what it has put into the clipboard, and nothing that was there before */
export async function copyFrom(dialog: Locator, label: string): Promise<string> {
  const page = dialog.page();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await Promise.all([
    dialog.getByText(t("common.copied"), { exact: true }).waitFor(), // it does not stay
    dialog.getByRole("button", { name: label }).click(),
  ]);
  await expect.poll(read).not.toBe("");
  return await read();
}
