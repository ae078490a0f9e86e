import { defineConfig } from "@playwright/test";

/** The browser that the machine has; nothing is downloaded. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** `npm test` starts web and worker on servers of the run's own, and says where in the environment. */
export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  retries: 1,
  // Against waiting for ever alone: beside other work on few cores a page takes many seconds.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:3000",
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1_440, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args },
    screenshot: "only-on-failure",
    trace: "on-first-retry",
  },
  projects: [
    { name: "setup", testMatch: "setup.setup.ts", retries: 0 },
    { name: "console", testMatch: "*.spec.ts", dependencies: ["setup"] },
  ],
});
