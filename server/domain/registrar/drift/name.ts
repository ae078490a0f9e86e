import { and, eq } from "drizzle-orm";
import { registrarExtensions, registrarSipAuths as auths } from "@/db/bin/schema/registrar";
import { isSet } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { updateRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import { putAccount } from "../account/account";
import { putSipAuth } from "../account/change";
import { impliedAccount } from "../account/compare";
import { authStep } from "./auth";
import { RIGHT, type Examination } from "./examine";
import type { DriftStep } from "./schemas";
import { lockExtension, type ExtensionRecord } from "../extension/repository";
import { lockTrunk } from "../trunk/repository";

/** `user@realm` as Kamailio looks it up. */
export const nameOf = (username: string, realm: string): string => `${username}@${realm}`.slice(0, 255);

/**
 * Live records that claim one user name in one realm: which of them an INVITE is of is anybody's guess. An extension whose
 * user name is not its number gives it up for that; where both would stay, somebody has to decide.
 */
export async function examineName(ctx: Context, tx: Transaction, name: string): Promise<Examination> {
  const at = name.lastIndexOf("@");
  const query = await tx.query();
  const rows = await query
    .select({ id: auths.id })
    .from(auths, { forceIndex: "idx_registrar_sip_auths_realm_username" })
    .where(and(eq(auths.realm, name.slice(at + 1)), eq(auths.username, name.slice(0, at))))
    .orderBy(auths.id)
    .limit(MOST)
    .for("update");
  const extensions: ExtensionRecord[] = [];
  const owners: string[] = [];
  for (const { id } of rows) {
    const extension = await lockExtension(tx, EVERYONE, id);
    const record = extension ?? (await lockTrunk(tx, EVERYONE, id));
    if (record === null || isSet(record.tmDelete)) continue;
    owners.push(record.customerId);
    if (extension !== null) extensions.push(extension);
  }
  if (owners.length < 2) return RIGHT;
  const borrowed = extensions
    .filter(({ username, extension }) => username.toLowerCase() !== extension.toLowerCase())
    .sort((a, b) => (a.tmCreate < b.tmCreate ? -1 : 1));
  // One may keep it: whoever has the number, else the oldest.
  const giving = borrowed.length === owners.length ? borrowed.slice(1) : borrowed;
  const changed = giving.map((each) => ({ ...each, username: each.extension }));
  const [first] = extensions;
  return {
    customerId: owners[0] ?? null,
    record: first === undefined ? null : { type: "extension", id: (giving[0] ?? first).id },
    wrong: new Map([
      [
        "duplicate",
        [{ table: "registrar_sip_auths", wrong: `${owners.length} claim it`, columns: ["realm", "username"] }],
      ],
    ]),
    steps: changed.flatMap(steps),
    mend:
      owners.length - giving.length > 1
        ? null
        : () => {
            for (const each of changed) {
              tx.write(updateRow(registrarExtensions, each.id, { username: each.username }));
              putSipAuth(tx, { ...each, realm: impliedAccount(each).realm });
              putAccount(ctx, tx, impliedAccount(each), ["ps_auths"]);
            }
          },
  };
}

/** As many as one examination looks at. */
const MOST = 50;

const steps = (record: ExtensionRecord): DriftStep[] => {
  const { id, username, endpointId } = record;
  return [
    { database: "bin_manager", table: "registrar_extensions", action: "update", key: id, values: { username } },
    { ...authStep(record, null), action: "update" },
    { database: "asterisk", table: "ps_auths", action: "update", key: endpointId, values: { username } },
  ];
};
