import { and, asc, desc, eq, gt, inArray, lt, or, type SQL } from "drizzle-orm";
import { adminJobResults, adminJobs } from "@/db/bin/schema/admin";
import { NIL_UUID } from "@/db/uuid";
import { authorize, isWithin } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { countRows } from "@/server/kernel/count-rows";
import { parseInput } from "@/server/kernel/parse-input";
import { withinTenant } from "@/server/kernel/tenancy";
import { toProgress } from "./progress";
import {
  jobIdInput,
  jobResultsInput,
  listJobsInput,
  type JobIdInput,
  type JobResultsInput,
  type JobResultView,
  type JobState,
  type JobView,
  type ListJobsInput,
  type ResultState,
} from "./schemas";

/** As many jobs as one person is shown at work. */
const RUNNING_MOST = 20;

export const jobNotFound = (): DomainError => new DomainError("NOT_FOUND", "JOB_NOT_FOUND", "There is no such job.");

type JobRow = typeof adminJobs.$inferSelect;
const owned = (id: string | null): string | null => (id === null || id === NIL_UUID ? null : id);

const within = (ctx: Context): SQL | undefined => withinTenant(ctx.tenant, adminJobs.customerId);

/** Work in the background, newest first. */
export async function listJobs(ctx: Context, input: ListJobsInput): Promise<Page<JobView>> {
  authorize(ctx, "job:read");
  const { filter, cursor, size } = parseInput(listJobsInput, input);
  const at = decodeCursor(cursor);
  const conditions = [
    within(ctx),
    filter.state === undefined ? undefined : eq(adminJobs.state, filter.state),
    filter.type === undefined ? undefined : eq(adminJobs.type, filter.type),
    filter.mine === true ? eq(adminJobs.ownerId, ctx.actor.id) : undefined,
  ];
  const beyond = at?.back === true ? gt : lt;
  const from =
    at === null
      ? undefined
      : or(beyond(adminJobs.tmCreate, at.value), and(eq(adminJobs.tmCreate, at.value), beyond(adminJobs.id, at.id)));
  const order = at?.back === true ? asc : desc;
  const [rows, total] = await Promise.all([
    ctx.db
      .select()
      .from(adminJobs)
      .where(and(...conditions, from))
      .orderBy(order(adminJobs.tmCreate), order(adminJobs.id))
      .limit(size + 1),
    countTotal((most) => countRows(ctx.db, adminJobs, and(...conditions), most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row.tmCreate ?? "",
    id: (row) => row.id,
    view: (row) => toJobView(ctx, row),
    total,
  });
}

/** Bulk jobs that the caller has asked for and are still under way, newest first; not the jobs that these make. */
export async function listRunningJobs(ctx: Context): Promise<JobView[]> {
  authorize(ctx, "job:read");
  const rows = await ctx.db
    .select()
    .from(adminJobs)
    .where(
      and(
        within(ctx),
        eq(adminJobs.ownerId, ctx.actor.id),
        inArray(adminJobs.state, ["queued", "running"]),
        inArray(
          adminJobs.type,
          ctx.ports.bulkActions.map(({ type }) => type),
        ),
      ),
    )
    .orderBy(desc(adminJobs.tmCreate))
    .limit(RUNNING_MOST);
  return rows.map((row) => toJobView(ctx, row));
}

/** @throws DomainError NOT_FOUND */
export async function getJob(ctx: Context, input: JobIdInput): Promise<JobView> {
  authorize(ctx, "job:read");
  const { id } = parseInput(jobIdInput, input);
  const [row] = await ctx.db.select().from(adminJobs).where(eq(adminJobs.id, id));
  if (row === undefined || !isWithin(ctx.tenant, row.customerId ?? "")) throw jobNotFound();
  return toJobView(ctx, row);
}

/** What became of a job's rows, in the order in which they are worked. @throws DomainError NOT_FOUND */
export async function listJobResults(ctx: Context, input: JobResultsInput): Promise<Page<JobResultView>> {
  const { id, state, cursor, size } = parseInput(jobResultsInput, input);
  const { progress, bulk } = await getJob(ctx, { id });
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && /^\d{1,9}$/.test(decoded.id) ? decoded : null;
  const rows = await ctx.db
    .select()
    .from(adminJobResults)
    .where(
      and(
        eq(adminJobResults.jobId, id),
        state === undefined ? undefined : eq(adminJobResults.state, state),
        at === null ? undefined : (at.back ? lt : gt)(adminJobResults.seq, Number(at.id)),
      ),
    )
    .orderBy((at?.back === true ? desc : asc)(adminJobResults.seq))
    .limit(size + 1);
  const pending = progress.total - progress.done - progress.skipped - progress.failed;
  const count = !bulk ? 0 : state === undefined ? progress.total : state === "pending" ? pending : progress[state];
  return toPage(rows, {
    size,
    at,
    sortValue: () => "",
    id: (row) => String(row.seq),
    view: toResultView,
    total: { count, estimated: false },
  });
}

export function toJobView(ctx: Context, row: JobRow): JobView {
  const state = row.state as JobState;
  const progress = toProgress(row);
  const action = ctx.ports.bulkActions.find(({ type }) => type === row.type);
  const ended = state !== "queued" && state !== "running";
  // What a job over prepared rows has refused is to be prepared anew.
  const unfinished =
    action?.forget === undefined
      ? progress.failed > 0 || state === "failed" || state === "cancelled"
      : state === "failed";
  return {
    id: row.id,
    type: row.type ?? "",
    state,
    customerId: owned(row.customerId),
    subject: owned(row.subjectId) === null ? null : { type: row.subjectType ?? "", id: row.subjectId ?? "" },
    owner: { type: row.ownerType ?? "", id: row.ownerId ?? "", name: row.ownerName ?? "" },
    progress,
    error: row.error === "" ? null : row.error,
    bulk: action !== undefined,
    can: {
      cancel: action !== undefined && !ended && ctx.rights.has("job:cancel"),
      retry: (action === undefined ? state === "failed" : ended && unfinished) && ctx.rights.has("job:retry"),
      undo: undoOf(ctx, row.type ?? "") !== null && ended && progress.done > 0,
    },
    tmCreate: row.tmCreate ?? "",
    tmUpdate: row.tmUpdate ?? "",
    tmFinish: row.tmFinish ?? "",
  };
}

/** The action that takes a job back, where the caller may do that. */
export function undoOf(ctx: Context, type: string): string | null {
  const undo = ctx.ports.bulkActions.find((each) => each.type === type)?.undo ?? null;
  const action = ctx.ports.bulkActions.find((each) => each.type === undo);
  return action !== undefined && ctx.rights.has(action.right) ? action.type : null;
}

const toResultView = (row: typeof adminJobResults.$inferSelect): JobResultView => ({
  seq: row.seq,
  itemId: row.itemId,
  customerId: owned(row.customerId),
  label: row.label ?? "",
  state: row.state as ResultState,
  reason: row.reason ?? "",
  message: row.message ?? "",
  tmUpdate: row.tmUpdate ?? "",
});
