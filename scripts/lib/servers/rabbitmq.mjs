import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toAmqpUrl } from "../addresses.mjs";
import { ensurePrivateDir, randomSecret } from "../project.mjs";
import { findBinary, launch, run } from "../processes.mjs";
import { isListening, loopback, until } from "../ports.mjs";

/** Whether an AMQP address lets us in. @param {string} url @returns {Promise<true>} rejects with the broker's reason */
export async function canConnect(url) {
  const { connect } = await import("amqplib");
  const connection = await connect(url, { timeout: 5000 });
  connection.on("error", () => {});
  await connection.close();
  return true;
}

/**
 * The broker on the standard port, when its `guest` account (which only works on loopback) is let in.
 * @returns {Promise<{ access: { url: string } } | { refusal: string } | undefined>} undefined when nothing listens
 */
export async function probeLoopback({ port = 5672 } = {}) {
  if (!(await isListening(port))) return undefined;
  const url = toAmqpUrl({ user: "guest", password: "guest", port });
  try {
    await canConnect(url);
    return { access: { url } };
  } catch {
    return { refusal: "does not let us in" };
  }
}

/** The start script itself: the wrapper in /usr/sbin refuses every user but its own. */
function serverScript() {
  const versions = "/usr/lib/rabbitmq/lib";
  const inVersions = existsSync(versions)
    ? readdirSync(versions).map((folder) => join(versions, folder, "sbin", "rabbitmq-server"))
    : [];
  return findBinary("/usr/lib/rabbitmq/bin/rabbitmq-server", ...inVersions, "/opt/homebrew/sbin/rabbitmq-server");
}

export const installed = () => Boolean(serverScript() && findBinary("erl"));

/**
 * Makes a vhost of the given name on a broker of this machine that we may administer, for `guest`.
 * @param {string} vhost @param {"add" | "delete"} action @returns {Promise<boolean>} false where we may not
 */
export async function changeVhost(vhost, action) {
  const control = findBinary("rabbitmqctl");
  if (!control) return false;
  const name = `<<"${vhost}">>`;
  const script =
    action === "add"
      ? `rabbit_vhost:add(${name}, <<"scripts">>), rabbit_auth_backend_internal:set_permissions(<<"guest">>, ${name}, <<".*">>, <<".*">>, <<".*">>, <<"scripts">>).`
      : `rabbit_vhost:delete(${name}, <<"scripts">>).`;
  return (await run(control, ["-q", "eval", script], { timeoutMs: 20_000 })).code === 0;
}

/**
 * Starts a RabbitMQ of our own, with a name server (epmd) of its own in front, so that both end with us.
 * @param {{ dir: string, port: number, distributionPort: number, epmdPort: number, password: string,
 *   logFile: string }} options
 */
export async function startPrivate({ dir, port, distributionPort, epmdPort, password, logFile }) {
  const home = ensurePrivateDir(dir);
  const cookie = join(home, ".erlang.cookie");
  if (!existsSync(cookie)) writeFileSync(cookie, randomSecret());
  chmodSync(cookie, 0o400);
  const config = join(home, "rabbitmq.conf");
  const lines = [
    `listeners.tcp.1 = ${loopback}:${port}`,
    "default_user = voipbin",
    `default_pass = ${password}`,
    "log.console = true",
    "log.console.level = warning",
    "disk_free_limit.absolute = 100MB",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`, { mode: 0o600 });
  const plugins = join(home, "enabled_plugins");
  writeFileSync(plugins, "[].\n");
  const names = { ERL_EPMD_PORT: String(epmdPort), ERL_EPMD_ADDRESS: loopback };
  const epmdCommand = findBinary("epmd");
  const epmd = epmdCommand
    ? launch({ name: "epmd", command: epmdCommand, env: { ...process.env, ...names }, logFile })
    : undefined;
  if (epmd)
    await until(() => isListening(epmdPort), { timeoutMs: 5000, what: "epmd", aborted: epmd.ended, everyMs: 20 });
  const child = launch({
    name: "rabbitmq",
    command: serverScript() ?? "rabbitmq-server",
    env: {
      PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
      LANG: "C.UTF-8",
      HOME: home,
      ...names,
      RABBITMQ_NODENAME: "voipbin@localhost",
      RABBITMQ_MNESIA_BASE: join(home, "mnesia"),
      RABBITMQ_MNESIA_DIR: join(home, "mnesia", "voipbin"),
      RABBITMQ_LOG_BASE: join(home, "log"),
      RABBITMQ_LOGS: "-",
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_CONF_ENV_FILE: join(home, "no-rabbitmq-env.conf"),
      RABBITMQ_PID_FILE: join(home, "rabbitmq.pid"),
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
    },
    logFile,
    graceMs: 25_000,
  });
  const stop = async () => {
    await child.stop();
    await epmd?.stop();
  };
  const url = toAmqpUrl({ user: "voipbin", password, port });
  await until(async () => (await isListening(port)) && canConnect(url), {
    timeoutMs: 90_000,
    what: `RabbitMQ on port ${port}`,
    aborted: child.ended,
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { access: { url }, child: { ...child, stop } };
}
