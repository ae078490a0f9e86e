import { vi } from "vitest";
import { createSettler } from "@/server/jobs/settler";
import { runStatement } from "@/server/kernel/statements-run";
import type { TestInstallation } from "../installation";

const bytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

/** Both databases, as a test looks into them. */
export type BothDatabases = Pick<TestInstallation, "rows" | "asteriskRows">;

/** What there is of one customer's extensions and trunks in both databases: what phones, Asterisk and Kamailio go by. */
export async function accountsOf(installation: BothDatabases, customerId: string) {
  const like = [`%@${customerId}.%`];
  const [extensions, trunks, sipAuths, aors, auths, endpoints, contacts] = await Promise.all([
    installation.rows<{ extension: string; password: string; live: number }>(
      `select extension, username, password, endpoint_id, realm, tm_delete >= '9999-01-01' as live
         from registrar_extensions where customer_id = ? order by tm_create`,
      [bytes(customerId)],
    ),
    installation.rows<{ domain_name: string; password: string; live: number }>(
      "select domain_name, password, tm_delete >= '9999-01-01' as live from registrar_trunks where customer_id = ? order by tm_create",
      [bytes(customerId)],
    ),
    installation.rows<{ reference_type: string; username: string; password: string }>(
      `select a.reference_type, cast(a.auth_types as char) as auth_types, a.realm, a.username, a.password,
              cast(a.allowed_ips as char) as allowed_ips
         from registrar_sip_auths a left join registrar_extensions e on e.id = a.id left join registrar_trunks t on t.id = a.id
        where coalesce(e.customer_id, t.customer_id) = ? order by a.tm_create, a.username`,
      [bytes(customerId)],
    ),
    installation.asteriskRows<{ id: string }>(
      "select id, max_contacts, remove_existing from ps_aors where id like ? order by id",
      like,
    ),
    installation.asteriskRows<{ id: string; username: string; password: string }>(
      "select id, auth_type, username, password, realm from ps_auths where id like ? order by id",
      like,
    ),
    installation.asteriskRows<{ id: string }>(
      "select id, aors, auth from ps_endpoints where id like ? order by id",
      like,
    ),
    installation.asteriskRows<{ id: string }>("select id from ps_contacts where endpoint like ? order by id", like),
  ]);
  return { extensions, trunks, sipAuths, aors, auths, endpoints, contacts };
}

/** What is said to be there of a customer's extensions: passwords by number. */
export type Numbers = ReadonlyMap<string, string>;

const inOrder = (pairs: Iterable<readonly [string, string]>) => [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));

/** What both databases hold of a customer's live extensions, each table in one form. */
export async function numbersHeld(installation: BothDatabases, customerId: string) {
  const { extensions, sipAuths, auths, aors, endpoints } = await accountsOf(installation, customerId);
  const number = ({ id }: { id: string }): string => id.split("@")[0] ?? "";
  return {
    extensions: inOrder(extensions.filter(({ live }) => live === 1).map((row) => [row.extension, row.password])),
    sipAuths: inOrder(
      sipAuths
        .filter(({ reference_type }) => reference_type === "extension")
        .map((row) => [row.username, row.password]),
    ),
    auths: inOrder(auths.map((row) => [number(row), row.password])),
    aors: aors.map(number).sort(),
    endpoints: endpoints.map(number).sort(),
  };
}

/** What {@link numbersHeld} finds where both databases hold just that. */
export function numbersWanted(told: Numbers): Awaited<ReturnType<typeof numbersHeld>> {
  const pairs = inOrder(told);
  const numbers = pairs.map(([number]) => number);
  return { extensions: pairs, sipAuths: pairs, auths: pairs, aors: numbers, endpoints: numbers };
}

/** The events and the audit entries about a record, and the whole text of them. */
export async function tracesOf(installation: BothDatabases, id: string) {
  const events = await installation.rows<{ type: string; body: string }>(
    "select type, body from admin_outbox where body like ? order by seq",
    [`%${id}%`],
  );
  const audit = await installation.rows<{ action: string }>(
    "select action, `before`, `after` from admin_audit where resource_id = ? order by id",
    [id],
  );
  return {
    events: events.map(({ type }) => type),
    actions: audit.map(({ action }) => action),
    text: JSON.stringify([events, audit]),
  };
}

/** Waits until the notes that stand beside changes of accounts are taken away. */
export async function untilSettled(installation: BothDatabases, timeout = 30_000): Promise<void> {
  await vi.waitFor(
    async () => {
      const notes = await installation.asteriskRows("select id from admin_unsettled");
      if (notes.length > 0) throw new Error("Changes of accounts are not settled yet.");
    },
    { timeout, interval: 50 },
  );
}

/** Runs what mends half changes, until nothing is left to look at. */
export async function settle(installation: TestInstallation): Promise<void> {
  const settler = createSettler(installation.runtime, 100);
  settler.start();
  try {
    await untilSettled(installation, 60_000);
  } finally {
    await settler.stop();
  }
}

/** A phone registers, as Asterisk writes it. */
export async function register(installation: TestInstallation, endpoint: string): Promise<void> {
  const { asterisk } = installation.runtime;
  if (asterisk === null) throw new Error("This installation has no database of Asterisk's.");
  await runStatement(asterisk, {
    sql: `insert into ps_contacts (id, uri, endpoint, expiration_time, user_agent, reg_server, via_addr, via_port, call_id)
          values (?, 'sip:a@192.0.2.7:5060', ?, unix_timestamp() + 3600, 'UA', 'reg', '192.0.2.7', 5060, 'c')`,
    params: [`${endpoint}^3B@${Math.random()}`, endpoint],
  });
}
