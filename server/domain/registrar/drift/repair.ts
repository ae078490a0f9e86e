import { and, asc, gt } from "drizzle-orm";
import { adminDriftFindings as findings } from "@/db/bin/schema/drift";
import type { BulkAction } from "@/server/domain/jobs";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { countRows } from "@/server/kernel/count-rows";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { examining } from "./examine";
import { dropFindings, findFinding, mendable, toFinding } from "./findings";
import {
  driftFilter,
  driftIdInput,
  type DriftFilter,
  type DriftFinding,
  type DriftIdInput,
  type DriftPlan,
  type DriftRepair,
} from "./schemas";

const notFound = (): DomainError =>
  new DomainError("NOT_FOUND", "FINDING_NOT_FOUND", "This difference is gone: it was mended, or was right by itself.");
const byHand = ({ kind }: DriftFinding): DomainError =>
  kind === "foreign"
    ? new DomainError("CONFLICT", "DRIFT_NOT_OURS", "These rows were made by hand. They are never changed from here.")
    : new DomainError(
        "CONFLICT",
        "DRIFT_BY_HAND",
        "Which of them keeps the name is for you to say: change or delete the others.",
      );

/**
 * What a repair of this difference would write, row by row, as both sides are now; nothing is written. All that is wrong
 * with the same account or trunk is mended together.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function planDriftRepair(ctx: Context, input: DriftIdInput): Promise<DriftPlan> {
  authorize(ctx, "drift:read");
  const finding = await readFinding(ctx, input);
  return await examining({ ...ctx, receipt: null }, finding, (_tx, seen) => ({
    finding,
    steps: seen.mend === null ? [] : seen.steps,
    state: seen.wrong.size === 0 ? "gone" : seen.mend === null ? "by-hand" : "mendable",
  }));
}

/**
 * Mends a difference: compares once more under lock, and writes what bin_manager implies. Where it is gone by now,
 * nothing is written, and the answer says so.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (not ours, or for somebody to decide), UNAVAILABLE
 */
export async function repairDrift(ctx: Context, input: DriftIdInput): Promise<DriftRepair> {
  authorize(ctx, "drift:repair");
  const finding = await readFinding(ctx, input);
  return await examining(ctx, finding, (tx, seen) => {
    dropFindings(tx, finding);
    if (seen.wrong.size === 0) return { state: "gone" };
    if (seen.mend === null) throw byHand(finding);
    seen.mend();
    audit(ctx, tx, {
      action: "drift.repair",
      resourceType: seen.record?.type ?? "extension",
      resourceId: seen.record?.id ?? finding.subject.slice(0, 64),
      customerId: seen.customerId,
      before: Object.fromEntries(
        [...seen.wrong].map(([kind, all]) => [
          kind,
          all.map(({ table, columns }) => [table, ...columns].join(" ")).join("; "),
        ]),
      ),
      after: {
        subject: finding.subject,
        written: seen.steps.map(({ table, action }) => `${action} ${table}`).join("; "),
      },
    });
    return { state: "repaired" };
  });
}

async function readFinding(ctx: Context, input: DriftIdInput): Promise<DriftFinding> {
  const { id } = parseInput(driftIdInput, input);
  const finding = await findFinding(ctx, id);
  if (finding === null) throw notFound();
  return finding;
}

const PAGE = 200;

/** Repairs many, each by its plan. What needs somebody's decision is left out of "all that match" unless it is asked for. */
export const driftBulkActions: readonly BulkAction[] = [
  {
    type: "drift.repair-many",
    right: "drift:repair",
    resource: "extension",
    filter: driftFilter,
    undo: null,
    count: (ctx, filter, most) => countRows(ctx.db, findings, mendable(filter as DriftFilter), most),
    async collect(ctx, filter, cursor, until) {
      authorize(ctx, "drift:read");
      const rows = await ctx.db
        .select()
        .from(findings)
        .where(and(mendable(filter as DriftFilter), cursor === null ? undefined : gt(findings.id, cursor)))
        .orderBy(asc(findings.id))
        .limit(PAGE);
      const items = rows.filter(({ tmFound }) => tmFound <= until).map((row) => itemOf(toFinding(row)));
      return { items, next: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
    },
    async look(ctx, id) {
      const finding = await findFinding(ctx, id);
      // Another difference of the same account may have been mended just before, and this one with it.
      return finding === null ? { id, label: "", customerId: null, todo: false } : { ...itemOf(finding), todo: true };
    },
    change: (ctx, id) => repairDrift(ctx, { id }),
  },
];

const itemOf = ({ id, kind, subject, customerId }: DriftFinding) => ({
  id,
  label: `${subject} (${kind})`,
  customerId,
});
