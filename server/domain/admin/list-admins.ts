import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { adminNotFound } from "./failures";
import { toDetails } from "./manage";
import { countAdmins, findAdmin, findAdminByEmail, listAdminRows } from "./repository";
import { adminIdInput, listAdminsInput, type AdminDetails, type AdminIdInput, type ListAdminsInput } from "./schemas";

const COUNTED_EXACTLY = 10_000;

/** A page of the admins whom the actor may see: all, or those of his customer. */
export async function listAdmins(ctx: Context, input: ListAdminsInput): Promise<Page<AdminDetails>> {
  authorize(ctx, "admin:read");
  const { filter, sort, direction, cursor, size } = parseInput(listAdminsInput, input);
  const at = decodeCursor(cursor);
  const [rows, count] = await Promise.all([
    listAdminRows(ctx.db, ctx.tenant, { filter, sort, direction, at, limit: size + 1 }),
    countAdmins(ctx.db, ctx.tenant, filter, COUNTED_EXACTLY + 1),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => (sort === "name" ? row.name : sort === "tmLastLogin" ? row.signInOrder : ""),
    id: (row) => row.id,
    view: (row) => toDetails(ctx, row),
    total: { count: Math.min(count, COUNTED_EXACTLY), estimated: count > COUNTED_EXACTLY },
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
