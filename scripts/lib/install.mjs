import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { findBinary, run } from "./processes.mjs";
import { Hint } from "./progress.mjs";
import { root } from "./project.mjs";

/** Whether packages can be installed here without asking anybody: root on Debian, Ubuntu or a relative. */
export function canInstall() {
  if (process.getuid?.() !== 0 || !findBinary("apt-get")) return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

const policy = "/usr/sbin/policy-rc.d";

/**
 * Installs Debian packages. Their services are kept from starting on installation: we run instances of our own.
 * @param {string[]} packages
 */
export async function installPackages(packages) {
  const aptGet = findBinary("apt-get") ?? "apt-get";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends", ...packages];
  const holdServices = !existsSync(policy);
  if (holdServices) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    let result = await run(aptGet, install, { env, outlive: true });
    if (result.code !== 0) {
      await run(aptGet, ["-o", "DPkg::Lock::Timeout=300", "update"], { env, outlive: true });
      result = await run(aptGet, install, { env, outlive: true });
    }
    if (result.code !== 0)
      throw new Hint(`apt-get install ${packages.join(" ")} failed:\n${result.output.slice(-1500)}`);
  } finally {
    if (holdServices) rmSync(policy, { force: true });
  }
}

const composeFile = ["compose", "-f", `${root}/deploy/compose.yaml`];

/** Whether a container engine with compose runs here. */
export async function hasDocker() {
  const docker = findBinary("docker");
  if (!docker) return false;
  const engine = await run(docker, ["info", "--format", "{{.ServerVersion}}"], { timeoutMs: 8000 });
  return engine.code === 0 && (await run(docker, ["compose", "version"], { timeoutMs: 8000 })).code === 0;
}

/**
 * Services of deploy/compose.yaml under a project name.
 * @param {{ project: string, services: string[], env: Record<string, string> }} options
 * @returns {{ up: () => Promise<void>, stop: () => Promise<void>, remove: () => Promise<void> }}
 *   `up` waits until they are healthy, `remove` also deletes their data
 */
export function composeServices({ project, services, env }) {
  const docker = findBinary("docker") ?? "docker";
  const options = { env: { ...process.env, ...env } };
  const compose = (/** @type {string[]} */ ...args) => run(docker, [...composeFile, "-p", project, ...args], options);
  return {
    async up() {
      const { code, output } = await compose("up", "-d", "--wait", ...services);
      if (code !== 0) throw new Hint(`docker compose could not start ${services.join(", ")}:\n${output.slice(-1500)}`);
    },
    stop: async () => void (await compose("stop", ...services)),
    remove: async () => void (await compose("down", "-v")),
  };
}
