import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkDatabase } from "./check";
import { migrateDatabase, MigrationRefused } from "./migrate";
import { wantedTables } from "./shape/wanted";
import type { Target } from "./shape/table";
import { createScratch, loadDump, rowsOf, snapshot, type Row, type Scratch } from "./testing";

const NOT_SET = "9999-01-01 00:00:00.000000";
const NOTHING = { created: [], altered: [], tokensHashed: 0 };

const ours = new Set(wantedTables("bin").map((table) => table.name));
const isSiblings = (table: string): boolean => !ours.has(table);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

let scratch: Scratch;
beforeEach(async () => {
  scratch = await createScratch();
});
afterEach(async () => {
  await scratch.drop();
});

const migrate = (target: Target = "bin") => migrateDatabase({ target, dsn: scratch.dsn });
const check = (target: Target = "bin") => checkDatabase({ target, dsn: scratch.dsn });
const rows = (sql: string, params: unknown[] = []): Promise<Row[]> => rowsOf(scratch.connection, sql, params);

/** All rows of the adopted tables that are ours, in the columns that they have now; tokens by their hash. */
async function contents(): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const table of originalColumns.keys()) {
    const columns = (originalColumns.get(table) ?? []).map((column) =>
      column === "token" ? "'' as token" : `\`${column}\``,
    );
    all.set(table, JSON.stringify(await rows(`select ${columns.join(", ")} from ${table} order by id`)));
  }
  return all;
}

/** The columns that the original's migrations gave our tables. */
const originalColumns = new Map<string, string[]>();
async function readOriginalColumns(): Promise<void> {
  const found = await rows(
    "select table_name as t, column_name as c from information_schema.columns where table_schema = database() order by ordinal_position",
  );
  originalColumns.clear();
  for (const { t, c } of found) {
    if (ours.has(String(t))) originalColumns.set(String(t), [...(originalColumns.get(String(t)) ?? []), String(c)]);
  }
}

describe.each(["bin", "asterisk"] as const)("an empty database for %s", (target) => {
  it("gets everything, as the schema has it, and a second run changes nothing", async () => {
    const { created } = await migrate(target);
    expect(created.sort()).toEqual(
      wantedTables(target)
        .map((table) => table.name)
        .sort(),
    );
    expect(await check(target)).toEqual([]);
    const before = await snapshot(scratch.connection);
    expect(await migrate(target)).toEqual(NOTHING);
    expect(await snapshot(scratch.connection)).toEqual(before);
  });

  it("is made where it is missing", async () => {
    await scratch.connection.query(`drop database ${scratch.dsn.database}`);
    await migrate(target);
    expect(await check(target)).toEqual([]);
  });

  it("is migrated once by two that start together", async () => {
    const results = await Promise.all([migrate(target), migrate(target)]);
    expect(results.filter((result) => result.created.length > 0)).toHaveLength(1);
    expect(await check(target)).toEqual([]);
  });
});

/** What is ours in Asterisk's database has a name of its own: our tables, and columns and indexes of its tables. */
const isAsterisks = (table: string): boolean => !table.startsWith("admin_");
const withoutOurs = (definition: string): string =>
  definition
    .replace(/\n[^\n]*`admin_[^\n]*/g, "")
    .replace(/,?\n\)/, "\n)")
    .replace(/ AUTO_INCREMENT=\d+|\n\d+$/g, "");

async function asterisksDefinitions(of: Scratch): Promise<Map<string, string>> {
  const shots = await snapshot(of.connection, isAsterisks);
  return new Map([...shots].map(([table, shot]) => [table, withoutOurs(shot)]));
}

it("a fresh asterisk database is the one that Asterisk's own migrations make, at their head, and what is ours", async () => {
  const dump = await createScratch();
  try {
    await loadDump(dump.connection, "asterisk");
    await migrate("asterisk");
    expect(await asterisksDefinitions(scratch)).toEqual(await asterisksDefinitions(dump));
    expect(await rows("select * from alembic_version")).toEqual([{ version_num: "abdc9ede147d" }]);
  } finally {
    await dump.drop();
  }
});

it("adopting asterisk adds what is ours, and changes nothing of Asterisk's", async () => {
  await loadDump(scratch.connection, "asterisk");
  const columns = await rows(
    "select table_name as t, group_concat(column_name order by ordinal_position) as c from information_schema.columns where table_schema = database() group by table_name",
  );
  const contents = async (): Promise<Row[][]> =>
    Promise.all(
      columns.map(({ t, c }) => rows(`select \`${String(c).replaceAll(",", "`,`")}\` from \`${String(t)}\``)),
    );
  const [definitions, before] = [await asterisksDefinitions(scratch), await contents()];
  expect(before.flat().length).toBeGreaterThan(90);
  const { created, altered } = await migrate("asterisk");
  expect(created.every((table) => !isAsterisks(table))).toBe(true);
  expect(altered).toEqual(["ps_contacts"]);
  expect(await asterisksDefinitions(scratch)).toEqual(definitions);
  expect(await contents()).toEqual(before);
  expect(await check("asterisk")).toEqual([]);
  expect(await migrate("asterisk")).toEqual(NOTHING);
});

describe("adopting bin_manager", () => {
  beforeEach(async () => {
    await loadDump(scratch.connection, "bin");
    await readOriginalColumns();
  });

  it("loses nothing, touches no sibling's table, and a second run changes nothing", async () => {
    const siblings = await snapshot(scratch.connection, isSiblings);
    expect(siblings.size).toBeGreaterThan(40);
    const before = await contents();
    const { altered, tokensHashed } = await migrate();
    expect(altered.sort()).toEqual([...originalColumns.keys()].sort());
    expect(tokensHashed).toBe(18);
    expect(await snapshot(scratch.connection, isSiblings)).toEqual(siblings);
    expect(await contents()).toEqual(before);
    expect(await check()).toEqual([]);
    const done = await snapshot(scratch.connection);
    expect(await migrate()).toEqual(NOTHING);
    expect(await snapshot(scratch.connection)).toEqual(done);
  });

  it("keeps the original columns' types and places", async () => {
    const types = () =>
      rows(
        "select table_name, column_name, ordinal_position, column_type, is_nullable, column_default from information_schema.columns where table_schema = database()",
      );
    const before = await types();
    await migrate();
    const after = new Set((await types()).map((row) => JSON.stringify(row)));
    expect(before.filter((row) => !after.has(JSON.stringify(row)))).toEqual([]);
  });

  it("leaves no plain token, and finds each key by its token's hash", async () => {
    const plain = await rows("select hex(id) as id, token from customer_accesskeys order by id");
    await migrate();
    const hashed = await rows(
      "select hex(id) as id, token, lower(hex(token_hash)) as hash from customer_accesskeys order by id",
    );
    expect(hashed).toEqual(
      plain.map(({ id, token }) => ({ id, token: `${String(token).slice(0, 4)}…`, hash: sha256(String(token)) })),
    );
  });

  it("lets every text hold emoji", async () => {
    await migrate();
    const text = await rows(
      "select table_name as t, column_name as c from information_schema.columns where table_schema = database() and character_set_name is not null and data_type in ('varchar', 'text') and character_maximum_length > 16 and generation_expression is null and is_nullable = 'YES'",
    );
    const adopted = text.filter(({ t }) => originalColumns.has(String(t)));
    expect(adopted.length).toBeGreaterThan(40);
    for (const { t, c } of adopted) {
      await scratch.connection.query(`update \`${String(t)}\` set \`${String(c)}\` = ? limit 1`, ["📞 전화 ☎️"]);
      expect(
        await rows(`select 1 as found from \`${String(t)}\` where \`${String(c)}\` = ? limit 1`, ["📞 전화 ☎️"]),
      ).toEqual(await rows(`select 1 as found from \`${String(t)}\` limit 1`));
    }
  });

  it("leaves the original services' inserts working, and hashes what they wrote in the next run", async () => {
    await migrate();
    await scratch.connection.query(
      `insert into customer_customers (${(originalColumns.get("customer_customers") ?? []).join(", ")}) values (?)`,
      [
        [
          Buffer.alloc(16, 7),
          "n",
          "",
          "late@x.example",
          "",
          "",
          "",
          "",
          Buffer.alloc(16),
          "2026-01-01",
          NOT_SET,
          NOT_SET,
        ],
      ],
    );
    await scratch.connection.query(
      `insert into customer_accesskeys (${(originalColumns.get("customer_accesskeys") ?? []).join(", ")}) values (?)`,
      [
        [
          Buffer.alloc(16, 8),
          Buffer.alloc(16, 7),
          "n",
          "",
          "LateToken_123456",
          NOT_SET,
          "2026-01-01",
          NOT_SET,
          NOT_SET,
        ],
      ],
    );
    expect(await migrate()).toEqual({ ...NOTHING, tokensHashed: 1 });
    expect(
      await rows("select token, lower(hex(token_hash)) as hash from customer_accesskeys where id = ?", [
        Buffer.alloc(16, 8),
      ]),
    ).toEqual([{ token: "Late…", hash: sha256("LateToken_123456") }]);
  });

  it("makes a customer's admin of the former role an admin of that customer, and nobody an admin of all", async () => {
    await migrate();
    await scratch.connection.query("insert into admin_users (id, role, customer_id) values ?", [
      [
        [Buffer.alloc(16, 1), "customer_admin", Buffer.alloc(16, 7)],
        [Buffer.alloc(16, 2), "customer_admin", null],
        [Buffer.alloc(16, 3), "support", null],
      ],
    ]);
    for (let run = 0; run < 2; run++) {
      expect(await migrate()).toEqual(NOTHING);
      expect((await rows("select role from admin_users order by id")).map(({ role }) => role)).toEqual([
        "admin",
        "customer_admin",
        "support",
      ]);
    }
  });

  it("then guards one e-mail for each live customer, ignoring case, and any number for deleted ones and for none", async () => {
    await migrate();
    const insert = (id: number, email: string | null, tmDelete: string | null) =>
      scratch.connection.query("insert into customer_customers (id, email, tm_delete) values (?)", [
        [Buffer.alloc(16, id), email, tmDelete],
      ]);
    await insert(1, "Guard@x.example", NOT_SET);
    await expect(insert(2, "guard@X.example", NOT_SET)).rejects.toMatchObject({ code: "ER_DUP_ENTRY" });
    await expect(insert(2, "guard@x.example", null)).rejects.toMatchObject({ code: "ER_DUP_ENTRY" });
    await insert(3, "guard@x.example", "2026-01-01 00:00:00");
    await insert(4, "guard@x.example", "2026-01-01 00:00:00");
    for (const [id, email] of [
      [5, ""],
      [6, ""],
      [7, null],
      [8, null],
    ] as const)
      await insert(id, email, NOT_SET);
  });

  it("stops before any change where live customers share an e-mail or keys a token, and names them without the token", async () => {
    const [customer] = await rows("select * from customer_customers where tm_delete = ? and email <> '' limit 1", [
      NOT_SET,
    ]);
    const email = String(customer?.email);
    await scratch.connection.query("insert into customer_customers (id, email, tm_delete) values (?)", [
      [Buffer.alloc(16, 0xab), email.toUpperCase(), NOT_SET],
    ]);
    const [key] = await rows("select hex(id) as id, token from customer_accesskeys limit 1");
    await scratch.connection.query("insert into customer_accesskeys (id, token, tm_delete) values (?)", [
      [Buffer.alloc(16, 0xcd), key?.token, "2026-01-01"],
    ]);
    const before = await snapshot(scratch.connection);
    const error = await migrate().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MigrationRefused);
    const { message, conflicts } = error as MigrationRefused;
    expect(conflicts).toHaveLength(2);
    expect(message).toContain(email);
    expect(message).toContain(email.toUpperCase());
    expect(message).toContain("abababab-abab-abab-abab-abababababab");
    expect(message).toContain("cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd");
    expect(message).not.toContain(String(key?.token));
    expect(await snapshot(scratch.connection)).toEqual(before);

    await scratch.connection.query(
      "delete from customer_customers where id = ?; delete from customer_accesskeys where id = ?",
      [Buffer.alloc(16, 0xab), Buffer.alloc(16, 0xcd)],
    );
    await migrate();
    expect(await check()).toEqual([]);
  });

  it("stops before any change where extensions of a customer share a number or trunks a domain name, and names them without their passwords", async () => {
    const bytes = (id: number) => Buffer.alloc(16, id);
    const extension = (id: number, customer: number | null, number: string, tmDelete: string | null = NOT_SET) =>
      scratch.connection.query(
        "insert into registrar_extensions (id, customer_id, extension, password, tm_delete) values (?)",
        [[bytes(id), customer === null ? null : bytes(customer), number, "pw-of-a-phone", tmDelete]],
      );
    const trunk = (id: number, domainName: string, tmDelete: string | null = NOT_SET) =>
      scratch.connection.query(
        "insert into registrar_trunks (id, customer_id, domain_name, password, tm_delete) values (?)",
        [[bytes(id), bytes(id), domainName, "pw-of-a-trunk", tmDelete]],
      );
    // In nobody's way: other customers, deleted ones, those without a name or an owner.
    await extension(0x01, 0x71, "alice", "2026-01-01");
    await extension(0x02, 0x72, "alice");
    for (const id of [0x03, 0x04]) await extension(id, 0x71, "");
    for (const id of [0x05, 0x06]) await extension(id, null, "alice");
    await trunk(0x07, "pbx-a", "2026-01-01");
    for (const id of [0x08, 0x09]) await trunk(id, "");
    // In the way.
    await extension(0xa1, 0x71, "alice");
    await extension(0xa2, 0x71, "ALICE  ", null);
    await trunk(0xb1, "pbx-a");
    await trunk(0xb2, "Pbx-A ");
    const before = await snapshot(scratch.connection);
    const error = await migrate().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MigrationRefused);
    const uuid = (id: string) => `${id.repeat(4)}-${id.repeat(2)}-${id.repeat(2)}-${id.repeat(2)}-${id.repeat(6)}`;
    expect((error as MigrationRefused).conflicts).toEqual([
      `live extensions of one customer with one number, ignoring case and trailing spaces: ${uuid("a1")} <alice>, ${uuid("a2")} <ALICE  >`,
      `live trunks with one domain name, ignoring case and trailing spaces: ${uuid("b1")} <pbx-a>, ${uuid("b2")} <Pbx-A >`,
    ]);
    expect(await snapshot(scratch.connection)).toEqual(before);
    await scratch.connection.query(
      "delete from registrar_extensions where id = ?; delete from registrar_trunks where id = ?",
      [bytes(0xa2), bytes(0xb2)],
    );
    await migrate();
    expect(await check()).toEqual([]);
    await expect(extension(0xa3, 0x71, "Alice ")).rejects.toMatchObject({ code: "ER_DUP_ENTRY" });
    await expect(trunk(0xb3, "PBX-A")).rejects.toMatchObject({ code: "ER_DUP_ENTRY" });
  });

  it("stops where an older revision of the originals left the customers in a table of another name", async () => {
    await scratch.connection.query(
      "rename table customer_customers to customers; update alembic_version set version_num = 'c0c0b02c9e3d'",
    );
    const before = await snapshot(scratch.connection);
    await expect(migrate()).rejects.toThrow(/c0c0b02c9e3d, without customer_customers/);
    expect(await snapshot(scratch.connection)).toEqual(before);
  });

  it("stops likewise where a token that was written later is another key's", async () => {
    const [key] = await rows("select token from customer_accesskeys limit 1");
    await migrate();
    await scratch.connection.query("insert into customer_accesskeys (id, token) values (?)", [
      [Buffer.alloc(16, 0xcd), key?.token],
    ]);
    await expect(migrate()).rejects.toBeInstanceOf(MigrationRefused);
  });
});

it("takes a database that was made in utf8mb4 from the start", async () => {
  await loadDump(scratch.connection, "bin", (sql) => sql.replaceAll("utf8mb3", "utf8mb4"));
  await readOriginalColumns();
  const before = await contents();
  await migrate();
  expect(await check()).toEqual([]);
  expect(await contents()).toEqual(before);
});

describe("a migration that is killed", () => {
  let folder = "";
  /** What is loaded before the command: it dies at a line of its own, with the statement that follows on its way. */
  const DIE = `
    let left = Number(process.env.KILL_AT) || Infinity;
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream);
      stream.write = (text, ...rest) => {
        left -= String(text).split("\\n").length - 1;
        if (left <= 0) setImmediate(() => process.kill(process.pid, "SIGKILL"));
        return write(text, ...rest);
      };
    }`;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "migrate-"));
    writeFileSync(join(folder, "die.mjs"), DIE);
    await build({
      entryPoints: ["db/commands/migrate.ts"],
      outfile: join(folder, "migrate.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "silent",
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the bundled command in a folder of its own. @param killAt the line of output at which it dies; 0 for never */
  async function run(killAt: number): Promise<{ code: number | null; signal: string | null; output: string }> {
    const { dsn } = scratch;
    const child = spawn(process.execPath, ["--import", join(folder, "die.mjs"), join(folder, "migrate.mjs")], {
      cwd: folder,
      env: {
        NODE_ENV: "test",
        PATH: process.env.PATH,
        KILL_AT: String(killAt),
        DATABASE_DSN: `${dsn.user}:${dsn.password}@tcp(${dsn.host}:${dsn.port})/${dsn.database}`,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const hear = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    return await new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, output })));
  }

  it.each([1, 2, 3, 9, 12, 20])("at step %i is finished by the next run, with nothing lost", async (step) => {
    await loadDump(scratch.connection, "bin");
    await readOriginalColumns();
    const keys = Array.from({ length: 4_000 }, (_, i) => [
      Buffer.from(sha256(`id ${i}`).slice(0, 32), "hex"),
      `plain-token-${i}`,
    ]);
    await scratch.connection.query("insert into customer_accesskeys (id, token) values ?", [keys]);
    const siblings = await snapshot(scratch.connection, isSiblings);
    const before = await contents();
    const tokens = await rows("select hex(id) as id, token from customer_accesskeys order by id");

    const killed = await run(step);
    expect(killed.signal).toBe("SIGKILL");
    const finished = await run(0);
    expect(finished.code, finished.output).toBe(0);

    expect(await check()).toEqual([]);
    expect(await contents()).toEqual(before);
    expect(await snapshot(scratch.connection, isSiblings)).toEqual(siblings);
    expect(
      await rows("select hex(id) as id, lower(hex(token_hash)) as hash from customer_accesskeys order by id"),
    ).toEqual(tokens.map(({ id, token }) => ({ id, hash: sha256(String(token)) })));
    expect((await run(0)).output).toContain("up to date");
  });

  it("on an empty database is finished by the next run", async () => {
    expect((await run(8)).signal).toBe("SIGKILL");
    expect((await run(0)).code).toBe(0);
    expect(await check()).toEqual([]);
  });

  it("says what is wrong, and ends with code 1, where rows are in its way", async () => {
    await loadDump(scratch.connection, "bin");
    await scratch.connection.query("insert into customer_customers (id, email, tm_delete) values (?)", [
      [Buffer.alloc(16, 1), "Twice@x.example", NOT_SET],
    ]);
    await scratch.connection.query("insert into customer_customers (id, email, tm_delete) values (?)", [
      [Buffer.alloc(16, 2), "twice@x.example", NOT_SET],
    ]);
    const { code, output } = await run(0);
    expect(code).toBe(1);
    expect(output).toContain("Twice@x.example");
    expect(output).toContain("Nothing was changed");
  });
});
