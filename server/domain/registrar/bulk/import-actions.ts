import { eq } from "drizzle-orm";
import * as z from "zod";
import { adminImportRows } from "@/db/bin/schema/admin";
import type { BulkAction, OnceFileRows } from "@/server/domain/jobs";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { Transaction } from "@/server/kernel/transaction";
import { extensionPasswords, SIP_AT_ONCE, trunkPasswords } from "./actions";
import { createTrunk, updateTrunk } from "../trunk/change";
import { createExtension } from "../extension/create";
import { domainNameTaken } from "../failures";
import { isAnothers } from "./import";
import type { RowFields } from "./import-fields";
import { findPresent, keyOf, planOf, readWanted, said, type Plan, type Present, type Wanted } from "./import-plan";
import type { ImportKind } from "../limits";
import type { CreateExtensionInput, CreateTrunkInput } from "../schemas";
import { updateExtension } from "../extension/change";

interface Staged {
  fields: RowFields;
  wanted: Wanted;
  present: Present | null;
  plan: Plan;
}

/** What was found out about a row when it was looked at, for the change that follows in the same context. */
const looked = new WeakMap<Context, Staged>();

async function readStaged(ctx: Context, kind: ImportKind, id: string): Promise<Staged> {
  const [row] = await ctx.db.select().from(adminImportRows).where(eq(adminImportRows.id, id));
  if (row === undefined)
    throw new DomainError(
      "NOT_FOUND",
      "IMPORT_ROW_GONE",
      "What the file said is not kept any more. Import the file again: what is there already stays as it is.",
    );
  const fields: RowFields = { ...(row.fields as RowFields), customerId: row.customerId };
  if (row.password !== "") fields.password = row.password;
  const read = readWanted(kind, fields);
  if ("wrong" in read) throw new DomainError("INVALID_INPUT", read.wrong.reason, read.wrong.message);
  const present = (await findPresent(ctx, kind, [fields])).get(keyOf(kind, fields)) ?? null;
  if (isAnothers(ctx, fields, present)) throw domainNameTaken();
  return { fields, wanted: read.wanted, present, plan: planOf(fields, read.wanted, present) };
}

async function changeExtension(ctx: Context, { fields, wanted, present }: Staged): Promise<unknown> {
  if (present === null) return await createExtension(ctx, wanted as CreateExtensionInput);
  const { id, name, detail } = { ...present, ...said(fields, wanted) };
  return await updateExtension(ctx, { id, name, detail, password: fields.password ?? "" });
}

async function changeTrunk(ctx: Context, { fields, wanted, present }: Staged): Promise<unknown> {
  if (present === null) return await createTrunk(ctx, wanted as CreateTrunkInput);
  const { id, name, detail, username, authTypes, allowedIps } = { ...present, ...said(fields, wanted) };
  return await updateTrunk(ctx, {
    id,
    name,
    detail,
    username: username ?? "",
    authTypes: authTypes as ("basic" | "ip")[],
    allowedIps: [...(allowedIps ?? [])],
    password: fields.password ?? "",
  });
}

function staged(
  kind: ImportKind,
  type: string,
  once: OnceFileRows,
  todo: (plan: Plan) => boolean = ({ verdict }) => verdict !== "unchanged",
): BulkAction {
  const remove = (tx: Transaction, column: "id" | "job_id", ids: readonly string[]): void => {
    if (ids.length === 0) return;
    const params = ids.map((id) => adminImportRows.id.mapToDriverValue(id));
    tx.write({ sql: `delete from admin_import_rows where ${column} in (${ids.map(() => "?").join()})`, params });
  };
  return {
    type,
    right: kind === "extensions" ? "extension:create" : "trunk:create",
    resource: kind === "extensions" ? "extension" : "trunk",
    filter: z.strictObject({}),
    count: () => Promise.resolve(0),
    collect: () => Promise.resolve({ items: [], next: null }),
    undo: null,
    atOnce: SIP_AT_ONCE,
    once,
    async look(ctx, id) {
      const found = await readStaged(ctx, kind, id);
      looked.set(ctx, found);
      const { customerId = "", extension = "", domainName = "" } = found.fields;
      return { id, label: extension === "" ? domainName : extension, customerId, todo: todo(found.plan) };
    },
    async change(ctx, id) {
      const found = looked.get(ctx) ?? (await readStaged(ctx, kind, id));
      return await (kind === "extensions" ? changeExtension : changeTrunk)(ctx, found);
    },
    settled: (tx, ids) => remove(tx, "id", ids),
    forget: (tx, jobId) => remove(tx, "job_id", [jobId]),
  };
}

/** What rows that were prepared beforehand are worked by. */
export const importActions: readonly BulkAction[] = [
  staged("extensions", "extension.import", extensionPasswords),
  staged("extensions", "extension.create-range", extensionPasswords, ({ verdict }) => verdict === "create"),
  staged("trunks", "trunk.import", trunkPasswords),
];
