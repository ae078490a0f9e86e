import type { Context } from "@/server/kernel/context";
import type { Transaction } from "@/server/kernel/transaction";
import { ACCOUNT_TABLES, asteriskOf } from "../account/account";
import { readAccount } from "../account/compare";
import { isOurs } from "./account";
import { RIGHT, type Examination } from "./examine";
import { lockClaims } from "../extension/repository";

/** Rows that somebody made by hand in Asterisk's database: named, and never touched. */
export async function examineForeign(ctx: Context, tx: Transaction, id: string): Promise<Examination> {
  if (isOurs(ctx, id) || (await lockClaims(tx, id)).length > 0) return RIGHT;
  const found = await readAccount(asteriskOf(ctx), id);
  const tables = ACCOUNT_TABLES.filter((table) => found[table] !== null);
  if (tables.length === 0) return RIGHT;
  return {
    ...RIGHT,
    wrong: new Map([["foreign", tables.map((table) => ({ table, wrong: "foreign", columns: [] }))]]),
  };
}
