import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { adminNotFound } from "./failures";
import { toDetails } from "./manage";
import { countAdmins, findAdmin, findAdminByEmail, listAdminRows } from "./repository";
import { adminIdInput, listAdminsInput, type AdminDetails, type AdminIdInput, type ListAdminsInput } from "./schemas";

/** A page of the admins whom the actor may see: all, or those of his customer. */
export async function listAdmins(ctx: Context, input: ListAdminsInput): Promise<Page<AdminDetails>> {
  authorize(ctx, "admin:read");
  const { filter, sort, direction, cursor, size } = parseInput(listAdminsInput, input);
  const at = decodeCursor(cursor);
  const [rows, total] = await Promise.all([
    listAdminRows(ctx.db, ctx.tenant, { filter, sort, direction, at, limit: size + 1 }),
    countTotal((most) => countAdmins(ctx.db, ctx.tenant, filter, most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => (sort === "name" ? row.name : sort === "tmLastLogin" ? row.signInOrder : ""),
    id: (row) => row.id,
    view: (row) => toDetails(ctx, row),
    total,
  });
}

/** @throws DomainError NOT_FOUND, also for somebody else's and for those who were removed */
export async function getAdmin(ctx: Context, input: AdminIdInput): Promise<AdminDetails> {
  authorize(ctx, "admin:read");
  const { id } = parseInput(adminIdInput, input);
  const row = await findAdmin(ctx.db, ctx.tenant, id);
  if (row === null) throw adminNotFound();
  return toDetails(ctx, row);
}

/** For those who know an address and no id: people at a shell. @throws DomainError NOT_FOUND */
export async function getAdminByEmail(ctx: Context, email: string): Promise<AdminDetails> {
  authorize(ctx, "admin:read");
  const row = await findAdminByEmail(ctx.db, email);
  if (row === null || !(ctx.tenant.all || row.customerId === ctx.tenant.customerId)) throw adminNotFound();
  return toDetails(ctx, row);
}
