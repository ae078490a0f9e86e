// npm run screenshots: a picture of each page, with demo data, into docs/screenshots/ (wide in the light theme, narrow in the
// dark one), from an installation of its own.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { startApp } from "./lib/apps.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { runCommand } from "./lib/commands.mjs";
import { processEnvironment } from "./lib/environment.mjs";
import { freePort, loopback } from "./lib/ports.mjs";
import { stopEverything } from "./lib/processes.mjs";
import { printError, step } from "./lib/progress.mjs";
import { randomSecret, root } from "./lib/project.mjs";
import { createTestEnvironment } from "./lib/test-env.mjs";

const folder = join(root, "docs/screenshots");
const owner = { name: "Dana Wolf", email: "dana.wolf@example.com", password: "correct horse battery staple" };

/** Pages by the name of their picture; `:customer` is one of the demo data. */
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
  audit: "/activity/audit",
  health: "/operations/health",
  "dead-letters": "/operations/dead-letters",
  jobs: "/operations/jobs",
  admins: "/settings/admins",
  settings: "/settings",
  account: "/account",
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
  const env = {
    ...(await test.installation("screenshots")),
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
  return { url, link: await runCommand("setup", { env }) };
}

async function main() {
  const { url, link } = await start();
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
    await page.goto(url + path, { waitUntil: "load" });
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
  const list = await context.request.get(`${url}/api/trpc/customer.list?input=${encodeURIComponent('{"size":5}')}`);
  const customer = (await list.json()).result.data.items[1].id;
  for (const [name, path] of Object.entries(pages)) {
    if (name !== "sign-in") await step(name, () => shoot(name, path.replace(":customer", customer)));
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
