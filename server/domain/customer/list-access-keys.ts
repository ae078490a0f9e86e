import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { accessKeyNotFound } from "./failures";
import { countAccessKeys, findAccessKey, listAccessKeyRows } from "./repository";
import {
  accessKeyIdInput,
  listAccessKeysInput,
  type AccessKeyFilter,
  type AccessKeyIdInput,
  type AccessKeyView,
  type ListAccessKeysInput,
} from "./schemas";
import { readWithTies } from "./ties";

const COUNTED_EXACTLY = 10_000;

/** An access key by id, deleted and expired ones too. @throws DomainError NOT_FOUND */
export async function getAccessKey(ctx: Context, input: AccessKeyIdInput): Promise<AccessKeyView> {
  authorize(ctx, "access-key:read");
  const { id } = parseInput(accessKeyIdInput, input);
  const key = await findAccessKey(ctx.db, ctx.tenant, id);
  if (key === null) throw accessKeyNotFound();
  return key;
}

/** A page of access keys for people and typed clients, newest first. */
export async function listAccessKeys(ctx: Context, input: ListAccessKeysInput): Promise<Page<AccessKeyView>> {
  authorize(ctx, "access-key:read");
  const { filter, cursor, size } = parseInput(listAccessKeysInput, input);
  const at = decodeCursor(cursor);
  const [rows, count] = await Promise.all([
    listAccessKeyRows(ctx.db, ctx.tenant, { filter, at, limit: size + 1 }),
    countAccessKeys(ctx.db, ctx.tenant, filter, COUNTED_EXACTLY + 1),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row.tmCreate,
    id: (row) => row.id,
    view: (row) => row,
    total: { count: Math.min(count, COUNTED_EXACTLY), estimated: count > COUNTED_EXACTLY },
  });
}

/** Access keys as the platform's siblings page them; see listCustomersBefore for ties. */
export async function listAccessKeysBefore(
  ctx: Context,
  query: { filter: AccessKeyFilter; before: string | null; size: number },
): Promise<AccessKeyView[]> {
  authorize(ctx, "access-key:read");
  return await readWithTies(query, (at, limit) =>
    listAccessKeyRows(ctx.db, ctx.tenant, { filter: query.filter, at, limit }),
  );
}
