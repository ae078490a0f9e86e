import { registrarSipAuths } from "@/db/bin/schema/registrar";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { uuidText } from "@/server/kernel/ids";
import { selectRows } from "@/server/kernel/statements-run";
import { asteriskOf } from "../account/account";
import { compareAccount, readAccounts } from "../account/compare";
import { endpointKey } from "../contact/repository";
import { compareAuth, trunkRealm, type FoundAuth } from "./auth";
import { isOurs } from "./account";
import type { Place } from "./findings";
import { nameOf } from "./name";
import type { Phase } from "./progress";
import { trunkLists } from "../trunk/repository";

/** What one page of one side shows, looked up on the other: without locks, so that nobody waits for it. */
export interface Seen {
  compared: number;
  /** What seems to differ, to be looked at again. */
  suspects: Place[];
  /** The key of the last row; null where there are no more. */
  next: string[] | null;
}

const PAGE = 500;
const bytes = (id: string): unknown => registrarSipAuths.id.mapToDriverValue(id);
const NIL = "00000000-0000-0000-0000-000000000000";

type Read = (ctx: Context, after: string[] | null) => Promise<Seen>;
/**
 * Each side is read by its own key and looked up by the other's index: two servers need not agree on what comes after
 * what, and rows that come and go meanwhile do no harm.
 */
export const READ: Record<Phase, Read> = {
  extensions: readExtensions,
  trunks: readTrunks,
  ps_aors: (ctx, after) => readTable(ctx, "ps_aors", after),
  ps_auths: (ctx, after) => readTable(ctx, "ps_auths", after),
  ps_endpoints: (ctx, after) => readTable(ctx, "ps_endpoints", after),
  contacts: readContactEndpoints,
  auths: readAuths,
  names: readNames,
};

type Texts = (string | null)[];

async function readExtensions(ctx: Context, after: string[] | null): Promise<Seen> {
  const rows = await selectRows<[Buffer, number, ...Texts]>(ctx.db, {
    sql: "select id, row_deleted, endpoint_id, realm, username, password from registrar_extensions where id > ? order by id limit ?",
    params: [bytes(after?.[0] ?? NIL), PAGE],
  });
  const live = rows
    .filter(([, deleted]) => Number(deleted) === 0)
    .map(([id, , endpoint, realm, username, password]) => ({
      id: uuidText(id),
      endpointId: endpoint ?? "",
      realm: realm ?? "",
      username: username ?? "",
      password: password ?? "",
    }));
  const [accounts, auths] = await Promise.all([
    readAccounts(
      asteriskOf(ctx),
      live.map(({ endpointId }) => endpointId),
    ),
    authsOf(
      ctx,
      live.map(({ id }) => id),
    ),
  ]);
  const suspects = live.filter((record) => {
    const found = accounts.get(endpointKey(record.endpointId));
    return (
      record.realm === "" ||
      found === undefined ||
      compareAccount(record, found).length > 0 ||
      compareAuth(record, auths.get(record.id) ?? null).length > 0
    );
  });
  return {
    compared: live.length,
    suspects: suspects.map(({ endpointId: subject }) => ({ target: "account", subject })),
    next: nextOf(rows, ([id]) => [uuidText(id)]),
  };
}

/** Kamailio's rows of some records, by id. */
async function authsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, FoundAuth>> {
  if (ids.length === 0) return new Map();
  const rows = await selectRows<[Buffer, ...Texts]>(ctx.db, {
    sql: "select id, reference_type, realm, username, password, cast(auth_types as char), cast(allowed_ips as char) from registrar_sip_auths where id in (?)",
    params: [ids.map(bytes)],
  });
  return new Map(
    rows.map(
      ([id, type = null, realm = null, username = null, password = null, authTypes = null, allowedIps = null]) => [
        uuidText(id),
        { id: uuidText(id), type, realm, username, password, authTypes, allowedIps },
      ],
    ),
  );
}

async function readTrunks(ctx: Context, after: string[] | null): Promise<Seen> {
  const live = await trunkLists.list(ctx.db, EVERYONE, {
    filter: { deleted: false },
    sort: "tmCreate",
    direction: "asc",
    at: after === null ? null : { value: after[0] ?? "", id: after[1] ?? "", back: false },
    limit: PAGE,
  });
  const auths = await authsOf(
    ctx,
    live.map(({ id }) => id),
  );
  const suspects = live.filter((trunk) => {
    const record = { ...trunk, realm: trunkRealm(ctx, trunk) };
    return trunk.realm === "" || compareAuth(record, auths.get(trunk.id) ?? null).length > 0;
  });
  return {
    compared: live.length,
    suspects: suspects.map(({ id: subject }) => ({ target: "trunk", subject })),
    next: nextOf(live, ({ tmCreate, id }) => [tmCreate, id]),
  };
}

async function readTable(
  ctx: Context,
  table: "ps_aors" | "ps_auths" | "ps_endpoints",
  after: string[] | null,
): Promise<Seen> {
  const rows = await selectRows<[string]>(asteriskOf(ctx), {
    sql: `select id from ${table} where id > ? order by id limit ?`,
    params: [after?.[0] ?? "", PAGE],
  });
  const ids = rows.map(([id]) => id);
  return { compared: ids.length, suspects: await unclaimed(ctx, ids), next: nextOf(ids, (id) => [id]) };
}

/** Those of the keys that no live extension has: of an account of ours, or of a hand's making. */
async function unclaimed(ctx: Context, ids: readonly string[]): Promise<Place[]> {
  if (ids.length === 0) return [];
  const rows = await selectRows<[string, number]>(ctx.db, {
    sql: "select endpoint_id, row_deleted from registrar_extensions force index (idx_registrar_extensions_endpoint_id) where endpoint_id in (?)",
    params: [ids],
  });
  const live = new Set<string>();
  const known = new Set<string>();
  for (const [id, deleted] of rows) {
    known.add(endpointKey(id));
    if (Number(deleted) === 0) live.add(endpointKey(id));
  }
  return ids
    .filter((id) => !live.has(endpointKey(id)))
    .map((subject) => ({
      target: known.has(endpointKey(subject)) || isOurs(ctx, subject) ? "account" : "foreign",
      subject,
    }));
}

/** Registrations; those of an endpoint of a hand's making are its own affair. */
async function readContactEndpoints(ctx: Context, after: string[] | null): Promise<Seen> {
  const rows = await selectRows<[string]>(asteriskOf(ctx), {
    sql: "select distinct endpoint from ps_contacts where endpoint > ? order by endpoint limit ?",
    params: [after?.[0] ?? "", PAGE],
  });
  const endpoints = rows.map(([endpoint]) => endpoint);
  const suspects = (await unclaimed(ctx, endpoints)).filter(({ target }) => target === "account");
  return { compared: endpoints.length, suspects, next: nextOf(endpoints, (endpoint) => [endpoint]) };
}

async function readAuths(ctx: Context, after: string[] | null): Promise<Seen> {
  const ids = await selectRows<[Buffer]>(ctx.db, {
    sql: "select id from registrar_sip_auths where id > ? order by id limit ?",
    params: [bytes(after?.[0] ?? NIL), PAGE],
  });
  const live = new Set<string>();
  for (const table of ids.length === 0 ? [] : ["registrar_extensions", "registrar_trunks"])
    for (const [id] of await selectRows<[Buffer]>(ctx.db, {
      sql: `select id from ${table} where id in (?) and row_deleted = 0`,
      params: [ids.map(([id]) => id)],
    }))
      live.add(uuidText(id));
  const all = ids.map(([id]) => uuidText(id));
  return {
    compared: all.length,
    suspects: all.filter((id) => !live.has(id)).map((subject) => ({ target: "auth", subject })),
    next: nextOf(all, (id) => [id]),
  };
}

/** Names that stand more than once in the order of Kamailio's index; the row before the page is read again with it. */
async function readNames(ctx: Context, after: string[] | null): Promise<Seen> {
  const [realm = "", username = "", id = NIL] = after ?? [];
  const rows = await selectRows<[Buffer, string, string]>(ctx.db, {
    sql:
      "select id, realm, username from registrar_sip_auths force index (idx_registrar_sip_auths_realm_username) " +
      "where realm > '' and username > '' and realm >= ? and (realm > ? or username > ? or (username = ? and id >= ?)) order by realm, username, id limit ?",
    params: [realm, realm, username, username, bytes(id), PAGE],
  });
  const names = rows.map(([, of, user]) => nameOf(user, of));
  const twice = new Map<string, string>();
  for (const [index, name] of names.entries())
    if (index > 0 && endpointKey(names[index - 1] ?? "") === endpointKey(name)) twice.set(endpointKey(name), name);
  return {
    compared: 0,
    suspects: [...twice.keys()].map((subject) => ({ target: "name", subject })),
    next: nextOf(rows, ([last, of, user]) => [of, user, uuidText(last)]),
  };
}

function nextOf<Row>(rows: readonly Row[], key: (row: Row) => string[]): string[] | null {
  const last = rows.at(-1);
  return rows.length < PAGE || last === undefined ? null : key(last);
}
