import { eq, sql } from "drizzle-orm";
import { registrarSipAuths as auths, registrarTrunks } from "@/db/bin/schema/registrar";
import { isSet } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { updateRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import { putSipAuth, removeSipAuth } from "../account/change";
import type { AccountDifference } from "../account/compare";
import { addTo, DOTS, RIGHT, type Examination } from "./examine";
import type { DriftStep } from "./schemas";
import { lockExtension, type ExtensionRecord } from "../extension/repository";
import { lockTrunk, type TrunkRecord } from "../trunk/repository";

// What Kamailio reads (contract/registrar.md §5.6), against the record that it is of.

export interface FoundAuth {
  id: string;
  type: string | null;
  realm: string | null;
  username: string | null;
  password: string | null;
  authTypes: string | null;
  allowedIps: string | null;
}

export const authFields = {
  id: auths.id,
  type: auths.referenceType,
  realm: auths.realm,
  username: auths.username,
  password: auths.password,
  authTypes: sql<string | null>`cast(${auths.authTypes} as char)`.as("auth_types_text"),
  allowedIps: sql<string | null>`cast(${auths.allowedIps} as char)`.as("allowed_ips_text"),
};

export async function lockAuth(tx: Transaction, id: string): Promise<FoundAuth | null> {
  const query = await tx.query();
  const [row] = await query.select(authFields).from(auths).where(eq(auths.id, id)).for("update");
  return row ?? null;
}

type AuthDifference = Omit<AccountDifference, "table"> & { table: "registrar_sip_auths" };
/** What of a record Kamailio needs. */
type Implying = Pick<ExtensionRecord, "realm" | "username" | "password"> &
  Partial<Pick<TrunkRecord, "authTypes" | "allowedIps">>;

export function compareAuth(record: Implying, auth: FoundAuth | null): AuthDifference[] {
  const table = "registrar_sip_auths" as const;
  if (auth === null) return [{ table, wrong: "missing", columns: [] }];
  const trunk = record.authTypes !== undefined;
  const pairs: Record<string, [is: string | null, should: string]> = {
    reference_type: [auth.type, trunk ? "trunk" : "extension"],
    username: [auth.username, record.username],
    password: [auth.password, record.password],
    auth_types: [listText(auth.authTypes), (record.authTypes ?? ["basic"]).join()],
    allowed_ips: [listText(auth.allowedIps), (record.allowedIps ?? []).join()],
  };
  const columns = Object.entries(pairs)
    .filter(([, [is, should]]) => (is ?? "") !== should)
    .map(([column]) => column);
  return [
    ...(columns.length === 0 ? [] : [{ table, wrong: "credential", columns } as const]),
    ...((auth.realm ?? "") === record.realm ? [] : [{ table, wrong: "realm", columns: ["realm"] } as const]),
  ];
}

/** A JSON list, however the server spaces it; anything else as it is, so that it differs. */
function listText(json: string | null): string {
  try {
    const list: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(list) ? list.join() : list === null ? "" : (json ?? "");
  } catch {
    return json ?? "";
  }
}

export const authStep = (record: Implying & { id: string }, auth: FoundAuth | null): DriftStep => ({
  database: "bin_manager",
  table: "registrar_sip_auths",
  action: auth === null ? "insert" : "update",
  key: record.id,
  values: {
    realm: record.realm,
    username: record.username,
    password: DOTS,
    auth_types: (record.authTypes ?? ["basic"]).join(", "),
    allowed_ips: (record.allowedIps ?? []).join(", "),
  },
});

/** The realm of a trunk that has none of its own yet. */
export const trunkRealm = (ctx: Context, { realm, domainName }: { realm: string; domainName: string }): string =>
  realm === "" ? `${domainName}.${ctx.ports.sipDomains.trunk}` : realm;

/** A live trunk and what Kamailio reads of it; trunks have no rows of Asterisk's. */
export async function examineTrunk(ctx: Context, tx: Transaction, id: string): Promise<Examination> {
  const trunk = await lockTrunk(tx, EVERYONE, id);
  if (trunk === null || isSet(trunk.tmDelete)) return RIGHT;
  const auth = await lockAuth(tx, id);
  const record = { ...trunk, realm: trunkRealm(ctx, trunk) };
  const differences = compareAuth(record, auth);
  const wrong: Examination["wrong"] = new Map();
  for (const difference of differences)
    addTo(wrong, difference.wrong as "missing" | "credential" | "realm", difference);
  const nameless = trunk.realm === "";
  const { realm } = record;
  if (nameless) addTo(wrong, "no-realm", { table: "registrar_trunks", wrong: "realm", columns: ["realm"] });
  return {
    customerId: trunk.customerId,
    record: { type: "trunk", id },
    wrong,
    steps: [
      ...(nameless
        ? [
            {
              database: "bin_manager",
              table: "registrar_trunks",
              action: "update",
              key: id,
              values: { realm },
            } as const,
          ]
        : []),
      ...(differences.length > 0 ? [authStep(record, auth)] : []),
    ],
    mend: () => {
      if (nameless) tx.write(updateRow(registrarTrunks, id, { realm }));
      if (differences.length > 0) putSipAuth(tx, record);
    },
  };
}

/** A row of Kamailio's whose record is deleted or was never there. */
export async function examineAuth(_ctx: Context, tx: Transaction, id: string): Promise<Examination> {
  const extension = await lockExtension(tx, EVERYONE, id);
  const trunk = extension === null ? await lockTrunk(tx, EVERYONE, id) : null;
  const record = extension ?? trunk;
  if (record !== null && !isSet(record.tmDelete)) return RIGHT;
  if ((await lockAuth(tx, id)) === null) return RIGHT;
  return {
    customerId: record?.customerId ?? null,
    record: record === null ? null : { type: extension === null ? "trunk" : "extension", id },
    wrong: new Map([["left-over", [{ table: "registrar_sip_auths", wrong: "left-over", columns: [] }]]]),
    steps: [{ database: "bin_manager", table: "registrar_sip_auths", action: "delete", key: id, values: {} }],
    mend: () => removeSipAuth(tx, id),
  };
}
