import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["server/**/*.test.ts", "db/**/*.test.ts", "scripts/**/*.test.ts", "client/**/*.test.ts"],
    setupFiles: ["server/testing/seed.ts"],
    // Against waiting for ever alone: beside other work on few cores a process takes many seconds to start.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: "forks",
    // One more than the cores of a small machine: many wait for processes, locks and time-outs.
    maxWorkers: 3,
    // On a machine that others use as well a process may stand still for seconds; whatever passes only when repeated is
    // printed by name.
    retry: process.env.CI ? 1 : 0,
  },
});
