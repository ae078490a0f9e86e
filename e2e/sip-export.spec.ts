import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { unique } from "./support/accounts";
import { addCustomer, expect, test, visit } from "./support/fixtures";
import { t } from "./support/messages";

/** What the list's link brings: the file as text, and its rows by the names of their columns. */
async function exported(page: Page): Promise<{ text: string; rows: Record<string, string>[] }> {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: t("list.export") }).click();
  const text = await readFile(await (await download).path(), "utf8");
  return { text, rows: parse(text, { bom: true, columns: true }) };
}

test("extensions are exported as the list is filtered, and without a password", async ({ page, api }) => {
  const [mine, other] = [await addCustomer(api), await addCustomer(api)];
  const password = `password-${unique()}`;
  const add = (customerId: string, extension: string, name: string) =>
    api.extension.create.mutate({ customerId, extension, name, password });
  const { extension } = await add(mine.id, "1001", "Front, “desk”; =1+1");
  await add(mine.id, "1002", "Back office");
  await add(mine.id, "2001", "Lobby");
  await add(other.id, "1003", "Elsewhere");

  await visit(page, `/sip/extensions?customer=${mine.id}&q=100`);
  await expect(page.getByRole("table").getByRole("row").filter({ hasText: "Back office" })).toBeVisible();
  const { text, rows } = await exported(page);
  expect(rows.map((row) => row.extension).sort()).toEqual(["1001", "1002"]);
  expect(rows.find((row) => row.extension === "1001")).toMatchObject({
    customerId: mine.id,
    name: "Front, “desk”; =1+1",
    username: "1001",
    realm: extension.realm,
    deleted: "",
  });
  expect(text).not.toContain(password);
});

test("trunks are exported as the list is filtered, with their addresses and without a password", async ({
  page,
  api,
}) => {
  const [mine, other] = [await addCustomer(api), await addCustomer(api)];
  const [password, mark] = [`password-${unique()}`, `x${unique()}`];
  const add = (customerId: string, domainName: string) =>
    api.trunk.create.mutate({
      customerId,
      domainName,
      authTypes: ["basic", "ip"],
      username: "office",
      password,
      allowedIps: ["192.0.2.1", "2001:db8::/32"],
    });
  await add(mine.id, `${mark}-one`);
  await add(mine.id, `${mark}-two`);
  await add(mine.id, `another-${mark}`);
  await add(other.id, `${mark}-other`);

  await visit(page, `/sip/trunks?customer=${mine.id}&q=${mark}`);
  await expect(
    page
      .getByRole("table")
      .getByRole("row")
      .filter({ hasText: `${mark}-two` }),
  ).toBeVisible();
  const { text, rows } = await exported(page);
  expect(rows.map((row) => row.domainName).sort()).toEqual([`${mark}-one`, `${mark}-two`]);
  expect(rows[0]).toMatchObject({
    customerId: mine.id,
    authTypes: "basic ip",
    username: "office",
    allowedIps: "192.0.2.1 2001:db8::/32",
    deleted: "",
  });
  expect(text).not.toContain(password);
});
