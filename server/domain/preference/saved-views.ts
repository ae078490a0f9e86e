import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { adminPreferences, adminUsers } from "@/db/bin/schema/admin";
import type { Context } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction } from "@/server/kernel/transaction";
import {
  listViewsInput,
  saveViewInput,
  setDefaultViewInput,
  viewInput,
  VIEWS_MOST,
  type ListViewsInput,
  type SavedView,
  type SavedViews,
  type SaveViewInput,
  type SetDefaultViewInput,
  type ViewInput,
} from "./schemas";

// A person's own views change nothing for anybody else: they need no right, and leave no audit entry.

const NONE: SavedViews = { views: [], defaultId: null };
const keyOf = (list: string): string => `views:${list}`;

/** The caller's own views of a list. @throws DomainError FORBIDDEN for access keys */
export async function listViews(ctx: Context, input: ListViewsInput): Promise<SavedViews> {
  const userId = ownId(ctx);
  const { list } = parseInput(listViewsInput, input);
  const [row] = await ctx.db
    .select({ value: adminPreferences.value })
    .from(adminPreferences)
    .where(and(eq(adminPreferences.userId, userId), eq(adminPreferences.name, keyOf(list))));
  return (row?.value as SavedViews | undefined) ?? NONE;
}

/** Keeps a view, a new one or in place of an earlier one. @throws DomainError INVALID_INPUT, NOT_FOUND, CONFLICT when there are too many */
export async function saveView(ctx: Context, input: SaveViewInput): Promise<SavedView> {
  const { list, id, ...fields } = parseInput(saveViewInput, input);
  return await changeViews(ctx, list, (before) => {
    const taken = before.views.some((each) => each.id !== id && each.name.toLowerCase() === fields.name.toLowerCase());
    if (taken) throw invalidInput("name", "You have a view of this name.");
    const view: SavedView = { id: id ?? randomBytes(4).toString("hex"), ...fields };
    if (id !== undefined) {
      if (!before.views.some((each) => each.id === id)) throw viewNotFound();
      return [{ ...before, views: before.views.map((each) => (each.id === id ? view : each)) }, view];
    }
    if (before.views.length >= VIEWS_MOST)
      throw new DomainError("CONFLICT", "TOO_MANY_VIEWS", `There is room for ${VIEWS_MOST} views. Delete one first.`);
    return [{ ...before, views: [...before.views, view] }, view];
  });
}

/** Forgets a view. @throws DomainError NOT_FOUND */
export async function deleteView(ctx: Context, input: ViewInput): Promise<{ done: true }> {
  const { list, id } = parseInput(viewInput, input);
  return await changeViews(ctx, list, ({ views, defaultId }) => {
    if (!views.some((each) => each.id === id)) throw viewNotFound();
    const left = views.filter((each) => each.id !== id);
    return [{ views: left, defaultId: defaultId === id ? null : defaultId }, { done: true }];
  });
}

/** Chooses with which view the list opens. @throws DomainError NOT_FOUND */
export async function setDefaultView(ctx: Context, input: SetDefaultViewInput): Promise<{ defaultId: string | null }> {
  const { list, id } = parseInput(setDefaultViewInput, input);
  return await changeViews(ctx, list, ({ views }) => {
    if (id !== null && !views.some((each) => each.id === id)) throw viewNotFound();
    return [{ views, defaultId: id }, { defaultId: id }];
  });
}

/** Reads and locks the person's views, and writes what becomes of them. */
async function changeViews<Result>(
  ctx: Context,
  list: string,
  change: (before: SavedViews) => [after: SavedViews, result: Result],
): Promise<Result> {
  const userId = ownId(ctx);
  const own = and(eq(adminPreferences.userId, userId), eq(adminPreferences.name, keyOf(list)));
  return await inTransaction(ctx, async (tx) => {
    const query = await tx.query();
    // The person is what changes wait on, one after the other: a row that is only being made cannot be locked.
    await query.select({ id: adminUsers.id }).from(adminUsers).where(eq(adminUsers.id, userId)).for("update");
    await query
      .insert(adminPreferences)
      .ignore()
      .values({ userId, name: keyOf(list), value: NONE });
    const [row] = await query.select({ value: adminPreferences.value }).from(adminPreferences).where(own);
    const [after, result] = change((row?.value as SavedViews | undefined) ?? NONE);
    tx.write({
      sql: "update admin_preferences set value = ? where user_id = ? and name = ?",
      params: [JSON.stringify(after), adminPreferences.userId.mapToDriverValue(userId), keyOf(list)],
    });
    return result;
  });
}

const viewNotFound = (): DomainError => new DomainError("NOT_FOUND", "VIEW_NOT_FOUND", "There is no such view.");

function ownId(ctx: Context): string {
  if (ctx.actor.type !== "admin")
    throw new DomainError("FORBIDDEN", "ADMINS_ONLY", "Only a signed-in admin has views.");
  return ctx.actor.id;
}
