// The console of a throw-away installation, with an owner who is signed in.
import { execFile, spawn } from "node:child_process";
import { Agent, get } from "node:http";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { flags } from "../../scripts/lib/apps.mjs";
import { measuring, root, usage } from "./installation.mjs";

const run = promisify(execFile);

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Pages of the console; `:customer`, `:extension` and `:trunk` are some that there are. */
export const PAGES = [
  "/",
  "/customers",
  "/customers/new",
  "/customers/:customer",
  "/customers/:customer/edit",
  "/access-keys",
  "/sip/extensions",
  "/sip/extensions/new",
  "/sip/extensions/import",
  "/sip/extensions/:extension",
  "/sip/trunks",
  "/sip/trunks/new",
  "/sip/trunks/:trunk",
  "/sip/registrations",
  "/activity/audit",
  "/operations/health",
  "/operations/drift",
  "/operations/dead-letters",
  "/operations/jobs",
  "/settings",
  "/settings/admins",
  "/account",
];

/**
 * Starts the web process and waits until it serves.
 * @returns its address, its process id, and how to end it
 */
export async function startConsole({ environment }) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...environment,
    PORT: String(port),
    HOST: "127.0.0.1",
    PUBLIC_URL: url,
    AUTH_SECRET: "a secret for measurements alone, nothing else",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const child = spawn(process.execPath, [...flags.web, ...measuring, `${root}/dist/web.mjs`], {
    env,
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.once("exit", () => child.kill("SIGKILL"));
  for (;;) {
    if (child.exitCode !== null) throw new Error("the web process ended while starting");
    if (
      await fetch(`${url}/api/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    pid: child.pid,
    env,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Makes the first admin by the one-time link, and signs in. @returns the Cookie header of the session */
export async function signInAsOwner({ url, env }) {
  const owner = { name: "Dana Wolf", email: "dana.wolf@example.com", password: "correct horse battery staple" };
  const { stdout } = await run(process.execPath, [`${root}/dist/setup.mjs`], { env });
  const token = new URL(stdout.trim()).searchParams.get("token");
  const headers = { "content-type": "application/json", origin: url };
  const made = await fetch(`${url}/api/trpc/auth.acceptLink`, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...owner, token }),
  });
  if (!made.ok) throw new Error(`the owner could not be made: ${await made.text()}`);
  const jar = new Map();
  const keep = (answer) => {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair);
    }
  };
  const begun = await fetch(`${url}/api/trpc/auth.begin`, {
    method: "POST",
    headers,
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  });
  keep(begun);
  const { token: signIn } = (await begun.json()).result.data;
  const first = await fetch(`${url}/api/auth/csrf`);
  keep(first);
  const { csrfToken } = await first.json();
  const cookie = [...jar.values()].join("; ");
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, origin: url, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, token: signIn, json: "true" }),
    }),
  );
  if (![...jar.keys()].some((name) => name.endsWith("session"))) throw new Error("the owner could not sign in");
  return [...jar.values()].join("; ");
}

/** Calls a procedure as the owner. */
export async function callAs(cookie, url, procedure, input) {
  const answer = await fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { cookie, origin: url, "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${procedure}: ${await answer.text()}`);
  return (await answer.json()).result.data;
}

/** Requests from so many loops for a while: how many, how long each took, and what the server spent on them. */
export async function press({ pid, port, path, headers }, { concurrency, forMs, signal }) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const ask = () =>
    new Promise((resolve, reject) => {
      get({ port, host: "127.0.0.1", path, agent, headers }, (response) => {
        response.resume().once("error", reject);
        response.once("end", () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${path}: status ${response.statusCode}`)),
        );
      }).once("error", reject);
    });
  const latencies = [];
  const before = usage(pid).cpuMs;
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (performance.now() - began < forMs) {
          signal?.throwIfAborted();
          const sent = performance.now();
          await ask();
          latencies.push(performance.now() - sent);
        }
      }),
    );
    const ms = performance.now() - began;
    return { ms, cpuMs: usage(pid).cpuMs - before, latencies };
  } finally {
    agent.destroy();
  }
}
