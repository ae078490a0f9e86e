import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import { adminDriftFindings as findings } from "@/db/bin/schema/drift";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/authorization";
import { countRows } from "@/server/kernel/count-rows";
import { newTimeOrderedId, UUID } from "@/server/kernel/ids";
import { latestJobs } from "@/server/kernel/jobs";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { upsertRow, type Statement } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import type { Transaction } from "@/server/kernel/transaction";
import type { Examination } from "./examine";
import { DRIFT_PASS_JOB, DRIFT_SUBJECT, toPass, type PassProgress } from "./progress";
import {
  BY_CHOICE,
  DRIFT_KINDS,
  listDriftInput,
  type DriftFilter,
  type DriftFinding,
  type DriftKind,
  type DriftState,
  type DriftTarget,
  type ListDriftInput,
} from "./schemas";

/** Differences that are kept; more are counted alone. */
export const FINDINGS_MOST = 10_000;

export interface Place {
  target: DriftTarget;
  subject: string;
}

/** Keeps what is wrong, each kind once, and since when. */
export function keepFindings(tx: Transaction, { target, subject }: Place, seen: Examination, passId: string): void {
  for (const [kind, differences] of seen.wrong)
    tx.write(
      upsertRow(
        findings,
        {
          id: newTimeOrderedId(),
          kind,
          target,
          subject,
          customerId: seen.customerId,
          recordType: seen.record?.type ?? null,
          recordId: seen.record?.id ?? null,
          differences,
          passId,
          tmFound: tx.now,
          tmSeen: tx.now,
        },
        ["customerId", "recordType", "recordId", "differences", "passId", "tmSeen"],
      ),
    );
}

/** Everything that was found about one thing goes: it is mended, or right by itself. */
export function dropFindings(tx: Transaction, { target, subject }: Place): void {
  const statement: Statement = {
    sql: "delete from admin_drift_findings where target = ? and subject = ?",
    params: [target, subject],
  };
  tx.write(statement);
}

const BATCH = 1_000;

/** What a comparison has not seen again is gone. */
export async function dropUnseen(ctx: Context, passId: string): Promise<void> {
  const id = findings.passId.mapToDriverValue(passId);
  const sql = `delete from admin_drift_findings where pass_id <> ? limit ${BATCH}`;
  while ((await runStatement(ctx.db, { sql, params: [id] })).affectedRows === BATCH);
}

type Row = typeof findings.$inferSelect;

export const toFinding = (row: Row): DriftFinding => ({
  id: row.id,
  kind: row.kind as DriftKind,
  target: row.target as DriftTarget,
  subject: row.subject,
  customerId: row.customerId,
  record:
    row.recordId === null || row.recordType === null
      ? null
      : { type: row.recordType as "extension" | "trunk", id: row.recordId },
  differences: row.differences as DriftFinding["differences"],
  tmFound: row.tmFound,
  tmSeen: row.tmSeen,
});

export async function findFinding(ctx: Context, id: string): Promise<DriftFinding | null> {
  const [row] = await ctx.db.select().from(findings).where(eq(findings.id, id));
  return row === undefined ? null : toFinding(row);
}

/** What differs, the newest first. @throws DomainError FORBIDDEN, INVALID_INPUT */
export async function listDrift(ctx: Context, input: ListDriftInput): Promise<Page<DriftFinding>> {
  authorize(ctx, "drift:read");
  const { filter, cursor, size } = parseInput(listDriftInput, input);
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && UUID.test(decoded.id) ? decoded : null;
  const matching = matches(filter);
  const [rows, total] = await Promise.all([
    ctx.db
      .select()
      .from(findings)
      .where(and(matching, at === null ? undefined : (at.back ? gt : lt)(findings.id, at.id)))
      .orderBy((at?.back === true ? asc : desc)(findings.id))
      .limit(size + 1),
    countTotal((most) => countRows(ctx.db, findings, matching, most)),
  ]);
  return toPage(rows, { size, at, sortValue: () => "", id: ({ id }) => id, view: toFinding, total });
}

const matches = ({ kind, customerId }: DriftFilter) =>
  and(
    kind === undefined ? undefined : eq(findings.kind, kind),
    customerId === undefined ? undefined : eq(findings.customerId, customerId),
  );

/** Those that a repair of "all that match" takes: no choice is made unasked. */
export const mendable = (filter: DriftFilter) =>
  and(
    matches(filter),
    filter.kind === undefined
      ? sql`${findings.kind} not in (${sql.join(
          BY_CHOICE.map((kind) => sql`${kind}`),
          sql`, `,
        )})`
      : undefined,
  );

/** How many differences there are of each kind, and when both sides were compared. @throws DomainError FORBIDDEN */
export async function driftState(ctx: Context): Promise<DriftState> {
  authorize(ctx, "drift:read");
  const [rows, passes] = await Promise.all([
    ctx.db
      .select({ kind: findings.kind, count: sql<number>`count(*)` })
      .from(findings)
      .groupBy(findings.kind),
    latestJobs(ctx.db, DRIFT_PASS_JOB, [DRIFT_SUBJECT]),
  ]);
  const counts = Object.fromEntries(DRIFT_KINDS.map((kind) => [kind, 0])) as Record<DriftKind, number>;
  for (const { kind, count } of rows) counts[kind as DriftKind] = Number(count);
  const latest = passes.get(DRIFT_SUBJECT);
  if (latest === undefined) return { last: null, running: null, counts };
  const pass = toPass(latest);
  const under = pass.state === "queued" || pass.state === "running";
  const { previous } = latest.progress as PassProgress;
  return { last: under ? (previous ?? null) : pass, running: under ? pass : null, counts };
}
