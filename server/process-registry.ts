import type { Runtime } from "./kernel/context";
import type { HealthReport } from "./trpc/health-report";

/**
 * What the web process made once, for the code that Next bundles on its own: both live in one process, but not in one
 * module graph, so they meet on globalThis.
 */
export interface WebProcess {
  runtime: Runtime;
  health: () => Promise<HealthReport>;
  siblings: readonly string[];
  /** Names the build of the pages: a tab that holds another one is out of date. */
  build: string;
  authSecret: string;
  secureCookies: boolean;
  /** How many proxies in front add to X-Forwarded-For. */
  trustedProxies: number;
}

const KEY = Symbol.for("voipbin-admin.web-process");
const holder = globalThis as unknown as Record<symbol, WebProcess | undefined>;

export function registerWebProcess(process: WebProcess): void {
  holder[KEY] = process;
}

/** @throws Error outside the web process */
export function getWebProcess(): WebProcess {
  const found = holder[KEY];
  if (found === undefined)
    throw new Error("The pages are served by the web process only (npm start, or node dist/web.mjs).");
  return found;
}
