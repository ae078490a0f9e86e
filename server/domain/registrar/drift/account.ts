import { registrarExtensions } from "@/db/bin/schema/registrar";
import type { Context } from "@/server/kernel/context";
import { parseUuid } from "@/server/kernel/ids";
import { updateRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import {
  ACCOUNT_TABLES,
  asteriskOf,
  putAccount,
  removeAccount,
  type Account,
  type AccountTable,
} from "../account/account";
import { putSipAuth } from "../account/change";
import { compareAccount, impliedAccount, liveOf, readAccount, realmOf, type Wrong } from "../account/compare";
import { authStep, compareAuth, lockAuth } from "./auth";
import { addTo, DOTS, RIGHT, type Examination } from "./examine";
import type { DriftKind, DriftStep } from "./schemas";
import { lockClaims, type ExtensionRecord } from "../extension/repository";
import { DEVICES_MOST } from "../limits";

const KINDS: Record<Wrong, DriftKind> = {
  missing: "missing",
  spelling: "missing",
  link: "missing",
  credential: "credential",
  realm: "realm",
  "left-over": "orphan",
};

/** Whether a key of Asterisk's rows looks like one of ours: `<number>@<customer's id>.<base domain>`. */
export function isOurs(ctx: Context, id: string): boolean {
  const base = ctx.ports.sipDomains.extension;
  const realm = realmOf(id).toLowerCase();
  return id.lastIndexOf("@") > 0 && realm.slice(36) === `.${base.toLowerCase()}` && isUuid(realm.slice(0, 36));
}
const isUuid = (text: string): boolean => text.length === 36 && parseUuid(text) !== null;

/** An extension and its account, or an account without one. */
export async function examineAccount(ctx: Context, tx: Transaction, endpoint: string): Promise<Examination> {
  const claims = await lockClaims(tx, endpoint);
  const live = liveOf(claims);
  if (live !== null) return await examineLive(ctx, tx, live);
  if (claims.length === 0 && !isOurs(ctx, endpoint)) return RIGHT; // of a hand's making
  const found = await readAccount(asteriskOf(ctx), endpoint);
  const differences = compareAccount(null, found);
  if (differences.length === 0) return RIGHT;
  const wrong: Examination["wrong"] = new Map();
  const rows = differences.some(({ table }) => table !== "ps_contacts");
  for (const difference of differences) addTo(wrong, rows ? "orphan" : "contact", difference);
  const steps = differences.map(({ table }): DriftStep => ({
    database: "asterisk",
    table,
    action: "delete",
    key: table === "ps_contacts" ? `${endpoint} (${found.contacts})` : endpoint,
    values: {},
  }));
  const [last] = claims;
  return {
    customerId: last?.customerId ?? parseUuid(realmOf(endpoint).slice(0, 36)),
    record: last === undefined ? null : { type: "extension", id: last.id },
    wrong,
    steps,
    mend: () => removeAccount(ctx, tx, endpoint),
  };
}

async function examineLive(ctx: Context, tx: Transaction, live: ExtensionRecord): Promise<Examination> {
  const auth = await lockAuth(tx, live.id);
  const account = impliedAccount(live);
  const wrong: Examination["wrong"] = new Map();
  const inAsterisk = compareAccount(account, await readAccount(asteriskOf(ctx), live.endpointId));
  for (const difference of inAsterisk) addTo(wrong, KINDS[difference.wrong], difference);
  const record = { ...live, realm: account.realm };
  const inKamailios = compareAuth(record, auth);
  for (const difference of inKamailios) addTo(wrong, KINDS[difference.wrong], difference);
  const nameless = live.realm === "";
  if (nameless) addTo(wrong, "no-realm", { table: "registrar_extensions", wrong: "realm", columns: ["realm"] });
  const tables = ACCOUNT_TABLES.filter((table) => inAsterisk.some((each) => each.table === table));
  return {
    customerId: live.customerId,
    record: { type: "extension", id: live.id },
    wrong,
    steps: [
      ...(nameless ? [realmStep(live.id, account.realm)] : []),
      ...(inKamailios.length > 0 ? [authStep(record, auth)] : []),
      ...tables.map((table) => accountStep(account, table, isMissing(inAsterisk, table))),
    ],
    mend: () => {
      if (nameless) tx.write(updateRow(registrarExtensions, live.id, { realm: account.realm }));
      if (inKamailios.length > 0) putSipAuth(tx, record);
      if (tables.length > 0) putAccount(ctx, tx, account, tables);
    },
  };
}

const isMissing = (differences: ReturnType<typeof compareAccount>, table: AccountTable): boolean =>
  differences.some((each) => each.table === table && each.wrong === "missing");

const realmStep = (id: string, realm: string): DriftStep => ({
  database: "bin_manager",
  table: "registrar_extensions",
  action: "update",
  key: id,
  values: { realm },
});

function accountStep(account: Account, table: AccountTable, missing: boolean): DriftStep {
  const { endpointId, username, realm } = account;
  const values: Record<AccountTable, Record<string, string>> = {
    ps_aors: { max_contacts: String(DEVICES_MOST), remove_existing: "yes" },
    ps_auths: { auth_type: "userpass", username, password: DOTS, realm },
    ps_endpoints: { aors: endpointId, auth: endpointId },
  };
  return {
    database: "asterisk",
    table,
    action: missing ? "insert" : "update",
    key: endpointId,
    values: values[table],
  };
}
