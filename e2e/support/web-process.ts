import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { loadConfig } from "@/server/platform/config";
import { freePort } from "@/server/testing/ports";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";

const root = join(import.meta.dirname, "../..");

/** A web process of a test's own on the installation under test, whose way to Asterisk's database can be cut. */
export interface WebBehindProxy extends AsyncDisposable {
  url: string;
  proxy: TcpProxy;
}

/** Sessions of the installation hold there as well: the cookie is one of the host, whatever the port. */
export async function startWebBehindProxy(): Promise<WebBehindProxy> {
  const dsn = loadConfig("cli").databaseAsterisk?.reveal();
  if (dsn === undefined) throw new Error("the installation under test has no Asterisk database");
  const [proxy, port] = await Promise.all([startTcpProxy(dsn), freePort()]);
  const url = `http://localhost:${port}`;
  const asterisk = new URL(`mysql://127.0.0.1:${proxy.port}/${dsn.database}`);
  [asterisk.username, asterisk.password] = [encodeURIComponent(dsn.user), encodeURIComponent(dsn.password)];
  const child = spawn(process.execPath, [join(root, "dist/web.mjs")], {
    cwd: root,
    env: { ...process.env, PORT: String(port), PUBLIC_URL: url, DATABASE_DSN_ASTERISK: asterisk.href },
    stdio: "ignore",
  });
  const ended = once(child, "close");
  const isReady = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/api/ready`)).ok;
  await expect.poll(() => isReady().catch(() => false), { timeout: 120_000 }).toBe(true);
  return {
    url,
    proxy,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
      await proxy.close();
    },
  };
}
