// npm run screenshots: a picture of each page, with demo data, into docs/screenshots/ (wide in the light theme, narrow in the
// dark one), from an installation of its own.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { parseDsn } from "./lib/addresses.mjs";
import { startApp } from "./lib/apps.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { runCommand } from "./lib/commands.mjs";
import { processEnvironment } from "./lib/environment.mjs";
import { freePort, loopback } from "./lib/ports.mjs";
import { stopEverything } from "./lib/processes.mjs";
import { printError, step } from "./lib/progress.mjs";
import { randomSecret, root } from "./lib/project.mjs";
import { connectMysql } from "./lib/servers/mariadb.mjs";
import { createTestEnvironment } from "./lib/test-env.mjs";

const folder = join(root, "docs/screenshots");
const owner = { name: "Dana Wolf", email: "dana.wolf@example.com", password: "correct horse battery staple" };

/** Pages by the name of their picture; `:customer`, `:extension` and `:trunk` are of the demo data. */
const pages = {
  "sign-in": "/sign-in",
  home: "/",
  customers: "/customers",
  "customer-new": "/customers/new",
  customer: "/customers/:customer",
  "customer-keys": "/customers/:customer?tab=access-keys",
  "customer-activity": "/customers/:customer?tab=audit",
  "customer-edit": "/customers/:customer/edit",
  "customer-delete": "/customers/:customer?dialog=delete",
  "access-keys": "/access-keys",
  extensions: "/sip/extensions",
  "extensions-bulk": "/sip/extensions?customer=:customer",
  "extensions-range": "/sip/extensions?customer=:customer",
  "extensions-import": "/sip/extensions/import",
  "extension-new": "/sip/extensions/new?customer=:customer",
  extension: "/sip/extensions/:extension",
  "extension-password": "/sip/extensions/:extension?dialog=rotate",
  "extension-hand-over": "/sip/extensions/:extension",
  "extension-delete": "/sip/extensions/:extension?dialog=delete",
  trunks: "/sip/trunks",
  "trunk-new": "/sip/trunks/new?customer=:customer",
  trunk: "/sip/trunks/:trunk",
  registrations: "/sip/registrations",
  audit: "/activity/audit",
  health: "/operations/health",
  drift: "/operations/drift",
  "dead-letters": "/operations/dead-letters",
  jobs: "/operations/jobs",
  admins: "/settings/admins",
  settings: "/settings",
  account: "/account",
};

/** What is done on a page before its picture is taken. @type {Record<string, (page: import("@playwright/test").Page) => Promise<unknown>>} */
const acts = {
  "extensions-bulk": async (page) => {
    await page.getByRole("checkbox", { name: "Choose all on this page" }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("textbox").waitFor();
  },
  "extensions-range": async (page) => {
    await page.getByRole("button", { name: "Create many" }).click();
    await page.getByRole("menuitem", { name: "Create a range" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("From", { exact: true }).fill("1000");
    await dialog.getByLabel("To", { exact: true }).fill("1049");
    await dialog.getByLabel("Name", { exact: true }).fill("Desk {number}");
    await dialog.getByText("extensions are created").waitFor();
  },
  "extensions-import": async (page) => {
    await page.getByRole("combobox", { name: "Customer" }).fill("Acme");
    await page.getByRole("option").first().click();
    const names = ["Ada Lovelace", "Grace Hopper", "Jürgen Groß", "Front desk", "Zoë", "Fax"];
    const rows = names.map((name, i) => `${["1001", "3001", "3 002", "3003", "3001", "3005"][i]};${name}`);
    await page.getByLabel("Choose a file").setInputFiles({
      name: "people.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`extension;name\n${rows.join("\n")}\n`),
    });
    await page.getByRole("region", { name: "Rows", exact: true }).waitFor();
  },
  "extension-hand-over": async (page) => {
    await page.getByRole("button", { name: "Hand over to a phone" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make the link" }).click();
    await page.getByRole("dialog").getByRole("img").waitFor();
  },
  drift: (page) => page.getByRole("row").filter({ hasText: "Row missing" }).getByRole("link").click(),
};

const looks = /** @type {const} */ ([
  { width: 1440, height: 900, colorScheme: "light" },
  { width: 360, height: 780, colorScheme: "dark" },
]);

/** @type {(() => Promise<unknown>)[]} */
const stops = [];

async function start() {
  await step("Build", () => ensureBuilt());
  const test = await createTestEnvironment({ register: (stop) => stops.push(stop) });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const address = { PUBLIC_URL: url, PROMETHEUS_LISTEN_ADDRESS: `${loopback}:${await freePort()}` };
  /** @type {Record<string, string>} */
  const installation = await test.installation("screenshots");
  const env = {
    ...installation,
    ...(await processEnvironment({
      port,
      host: loopback,
      dev: false,
      env: { ...address, AUTH_SECRET: randomSecret(32), LOG_LEVEL: "error" },
    })),
  };
  await runCommand("migrate", { env });
  await runCommand("demo", { env });
  const apps = /** @type {const} */ (["worker", "web"]).map((name) => startApp(name, { env, restart: false }));
  stops.push(() => Promise.all(apps.map((app) => app.stop())));
  await Promise.all(apps.map((app) => app.ready()));
  const { DATABASE_DSN_BIN: bin = "", DATABASE_DSN_ASTERISK: asterisk = "" } = installation;
  return { url, link: await runCommand("setup", { env }), bin, asterisk };
}

/** @param {string} dsn */
async function connectTo(dsn) {
  const access = parseDsn(dsn);
  if (access === undefined) throw new Error("no address of a database");
  return await connectMysql(access, access.database);
}

/** Two days of looks at who is registered, a look each minute: the demo data has none. @param {string} dsn of bin_manager */
async function makeHistory(dsn) {
  const connection = await connectTo(dsn);
  const minute = Math.floor(Date.now() / 60_000);
  const rows = Array.from({ length: 2 * 1_440 + 60 }, (_, ago) => {
    const tm = new Date((minute - ago) * 60_000).toISOString().slice(0, 19).replace("T", " ");
    const office = Math.sin((((minute - ago) % 1_440) / 1_440) * 2 * Math.PI - 1.9);
    return [tm, Math.round(54 + 6 * office - (ago > 1_440 ? 3 : 0)), tm];
  });
  await connection.query("insert ignore into admin_registration_samples (tm, registered, tm_until) values ?", [rows]);
  await connection.end();
}

/** Changes by hand what Asterisk reads, so that there is something to mend. @param {string} dsn of its database */
async function makeDrift(dsn) {
  const connection = await connectTo(dsn);
  await connection.query("delete from ps_aors order by id limit 1");
  await connection.query("update ps_auths set realm = 'asterisk' order by id desc limit 1");
  await connection.query("insert into ps_aors (id) values ('carrier-made-by-hand')");
  await connection.end();
}

async function main() {
  const { url, link, bin, asterisk } = await start();
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  stops.push(() => browser.close());
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const headers = { origin: url };
  const token = new URL(link).searchParams.get("token");
  const made = await context.request.post(`${url}/api/trpc/auth.acceptLink`, { data: { ...owner, token }, headers });
  if (!made.ok()) throw new Error(`the owner could not be made: ${await made.text()}`);
  await page.goto(`${url}/sign-in`, { waitUntil: "networkidle" });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @param {string} name @param {string} path */
  const shoot = async (name, path) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url + path, { waitUntil: "load" });
    await acts[name]?.(page);
    for (const { width, height, colorScheme } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
  };
  await shoot("sign-in", pages["sign-in"]);
  await page.locator("input[type=email]").fill(owner.email);
  await page.locator("input[type=password]").fill(owner.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((at) => at.pathname === "/");
  /** @param {string} of @param {number} index the id of one of the demo data */
  const demo = async (of, index) => {
    const list = await context.request.get(`${url}/api/trpc/${of}.list?input=${encodeURIComponent('{"size":5}')}`);
    return (await list.json()).result.data.items[index].id;
  };
  await makeDrift(asterisk);
  await makeHistory(bin);
  await context.request.post(`${url}/api/trpc/drift.lookNow`, {
    headers: { ...headers, "content-type": "application/json" },
    data: "{}",
  });
  const customer = await demo("customer", 1);
  const extension = await demo("extension", 2);
  const trunk = await demo("trunk", 1);
  for (const [name, path] of Object.entries(pages)) {
    if (name !== "sign-in")
      await step(name, () =>
        shoot(name, path.replace(":customer", customer).replace(":extension", extension).replace(":trunk", trunk)),
      );
  }
}

main()
  .catch((error) => {
    printError(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    for (const stop of stops.reverse()) await stop();
    await stopEverything();
    process.exit();
  });
