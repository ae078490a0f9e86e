import { test as base, expect, type BrowserContext, type Page, type Response } from "@playwright/test";
import { OWNER, signIn, unique, type Account, type SessionState } from "./accounts";
import { t } from "./messages";
import { programOf, type Program } from "./program";
import { openSibling, type Sibling } from "./sibling";

interface Fixtures {
  /** What the browser complained about; a test that leaves something here fails. */
  complaints: string[];
  /** A page of its own for somebody else, signed in where an account is given. */
  openPage: (account?: Account) => Promise<Page>;
}

interface WorkerFixtures {
  ownerSession: SessionState;
  /** The typed API as the owner. */
  api: Program;
  sibling: Sibling;
}

/** Tests begin signed in as the owner. What is visited must not make the browser complain. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  ownerSession: [async ({}, use) => use(await signIn(OWNER)), { scope: "worker" }],
  api: [async ({ ownerSession }, use) => use(programOf(ownerSession)), { scope: "worker" }],
  sibling: [
    async ({}, use) => {
      const sibling = await openSibling();
      await use(sibling);
      await sibling.close();
    },
    { scope: "worker" },
  ],
  storageState: async ({ ownerSession }, use) => use(ownerSession),
  complaints: [
    async ({}, use) => {
      const complaints: string[] = [];
      await use(complaints);
      expect(complaints, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, complaints }, use) => {
    watch(context, complaints);
    await use(context);
  },
  openPage: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account) => {
      const storageState = account === undefined ? { cookies: [], origins: [] } : await signIn(account);
      const context = await browser.newContext({ storageState });
      contexts.push(context);
      watch(context, complaints);
      return await context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

function watch(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    // A refusal that a test asks for is written there by the browser itself.
    const refusal = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !refusal) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
}

/** Goes to a page, and waits until it answers to clicks and keys: React has taken over what the server drew. */
export async function visit(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path);
  await page.waitForFunction(() => {
    const last = [...document.querySelectorAll("main *")].at(-1);
    return last !== undefined && Object.keys(last).some((key) => key.startsWith("__reactProps$"));
  });
  return response;
}

/** Waits until a page has noticed that its session is over: by itself, or with the next address. */
export async function seesItsEnd(page: Page): Promise<void> {
  const said = page.getByText(t("auth.ended"));
  await expect(async () => {
    // An open page goes there by itself; once it has, the next way there is a stranger's, who is told nothing.
    await said.waitFor({ timeout: 3_000 }).catch(() => page.goto("/customers").catch(() => undefined));
    await expect(said).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await visit(page, page.url());
}

/** A customer of the test's own. */
export async function addCustomer(api: Program, fields: { name?: string; phoneNumber?: string } = {}) {
  const mark = unique();
  return await api.customer.create.mutate({ name: `Meridian ${mark}`, email: `ops@${mark}.example`, ...fields });
}

export { expect };
