import { existsSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ensurePrivateDir } from "../project.mjs";
import { findBinary, launch, run } from "../processes.mjs";
import { isListening, loopback, until } from "../ports.mjs";

/** @typedef {import("../addresses.mjs").MysqlAccess} MysqlAccess */

/** Tables that tell VoIPbin's databases (the platform's own or ours) from a stranger's that only has the name. */
const ownTables = {
  bin_manager: ["alembic_version", "__drizzle_migrations", "customer_customers"],
  asterisk: ["alembic_version", "__drizzle_migrations", "ps_endpoints"],
};

/** One connection for the scripts' own few statements. @param {MysqlAccess} access @param {string} [database] */
export async function connectMysql(access, database) {
  const { createConnection } = await import("mysql2/promise");
  return createConnection({ ...access, database, connectTimeout: 3000 });
}

/** @template T @param {MysqlAccess} access @param {(query: (sql: string, values?: unknown[]) => Promise<any[]>) => Promise<T>} work @returns {Promise<T>} */
export async function withMysql(access, work) {
  const connection = await connectMysql(access);
  try {
    return await work(async (sql, values) => /** @type {any[]} */ ((await connection.query(sql, values))[0]));
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

/** @param {string} name */
const quoted = (name) => `\`${name.replaceAll("`", "``")}\``;

/** Creates a database unless it is there. @param {MysqlAccess} access @param {string} name @returns {Promise<boolean>} whether it is new */
export async function createDatabase(access, name) {
  return withMysql(access, async (query) => {
    const rows = await query("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", [name]);
    if (rows.length > 0) return false;
    await query(`CREATE DATABASE IF NOT EXISTS ${quoted(name)} CHARACTER SET utf8mb4`);
    return true;
  });
}

/** Drops every database whose name begins with `prefix`. @param {MysqlAccess} access @param {string} prefix */
export async function dropDatabases(access, prefix) {
  await withMysql(access, async (query) => {
    const rows = await query("SELECT schema_name AS name FROM information_schema.schemata");
    for (const { name } of rows.filter((row) => row.name.startsWith(prefix))) {
      await query(`DROP DATABASE IF EXISTS ${quoted(name)}`);
    }
  });
}

/**
 * The server on the standard port, when it lets root in without a password and may hold our databases.
 * A `bin_manager` or `asterisk` there that holds tables of somebody else's is left alone, and so is that server.
 * @param {{ port?: number, databases?: boolean }} options `databases: false` leaves them out of it (tests make others)
 * @returns {Promise<{ access: MysqlAccess } | { refusal: string } | undefined>} undefined when nothing listens
 */
export async function probeLoopback({ port = 3306, databases = true } = {}) {
  if (!(await isListening(port))) return undefined;
  const access = { host: loopback, port, user: "root", password: "" };
  try {
    return await withMysql(access, async (query) => {
      if (!databases) return { access };
      for (const [name, known] of Object.entries(ownTables)) {
        const rows = await query("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?", [
          name,
        ]);
        if (rows.length > 0 && !rows.some((row) => known.includes(row.name))) {
          return { refusal: `holds a database ${name} that is not VoIPbin's; it is left alone` };
        }
      }
      for (const name of Object.keys(ownTables)) {
        await query(`CREATE DATABASE IF NOT EXISTS ${quoted(name)} CHARACTER SET utf8mb4`);
      }
      return { access };
    });
  } catch (error) {
    const code = /** @type {{ code?: string }} */ (error).code ?? "no answer";
    return { refusal: `does not let us in (${code})` };
  }
}

const serverNames = ["mariadbd", "mysqld"];
const installNames = ["mariadb-install-db", "mysql_install_db"];

/** Whether the binaries of a private instance are installed. */
export const installed = () => Boolean(findBinary(...serverNames) && findBinary(...installNames));

/** A socket path short enough for the kernel (108 bytes). @param {string} dir */
function socketPath(dir) {
  const beside = join(dir, "mariadb.sock");
  if (beside.length < 100) return beside;
  const hash = createHash("sha256").update(dir).digest("hex").slice(0, 12);
  return join(ensurePrivateDir(join(tmpdir(), `voipbin-${process.getuid?.() ?? 0}-${hash}`)), "mariadb.sock");
}

/**
 * Starts a MariaDB of our own. Over TCP only the user `voipbin` gets in, with the given password; root only through
 * the socket and only as the same user of the system.
 * @param {{ dir: string, port: number, password: string, logFile: string, durable: boolean }} options
 *   `durable: false` skips all syncing to disk (tests)
 */
export async function startPrivate({ dir, port, password, logFile, durable }) {
  const server = findBinary(...serverNames) ?? "mariadbd";
  const data = join(ensurePrivateDir(dir), "data");
  const root = process.getuid?.() === 0 ? ["--user=root"] : [];
  if (!existsSync(join(data, ".installed"))) {
    rmSync(data, { recursive: true, force: true });
    const install = findBinary(...installNames) ?? "mariadb-install-db";
    const { code, output } = await run(install, [
      "--no-defaults",
      `--datadir=${data}`,
      "--auth-root-authentication-method=socket",
      "--skip-test-db",
      ...root,
    ]);
    if (code !== 0) throw new Error(`${install} failed:\n${output.slice(-2000)}`);
    writeFileSync(join(data, ".installed"), "");
  }
  const user = "'voipbin'@'127.0.0.1'";
  const initFile = join(dir, "init.sql");
  writeFileSync(
    initFile,
    [
      `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${password}';`,
      `ALTER USER ${user} IDENTIFIED BY '${password}';`,
      `GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION;`,
      "",
    ].join("\n"),
    { mode: 0o600 },
  );
  const relaxed = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=0"];
  const child = launch({
    name: "mariadb",
    command: server,
    args: [
      "--no-defaults",
      `--datadir=${data}`,
      `--socket=${socketPath(dir)}`,
      `--pid-file=${join(dir, "mariadb.pid")}`,
      `--bind-address=${loopback}`,
      `--port=${port}`,
      `--init-file=${initFile}`,
      "--character-set-server=utf8mb4",
      "--skip-name-resolve",
      "--default-time-zone=+00:00",
      "--max-connections=300",
      "--innodb-buffer-pool-size=128M",
      ...(durable ? [] : relaxed),
      ...root,
    ],
    logFile,
    graceMs: 20_000,
  });
  const access = { host: loopback, port, user: "voipbin", password };
  await until(() => withMysql(access, () => Promise.resolve(true)), {
    timeoutMs: 60_000,
    what: `MariaDB on port ${port}`,
    aborted: child.ended,
  }).catch(async (error) => {
    await child.stop();
    throw error;
  });
  return { access, child };
}
