import { adminImportRows } from "@/db/bin/schema/admin";
import { startPrepared, type PreparedRow } from "@/server/domain/jobs";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { invalidInput } from "@/server/kernel/errors";
import { newTimeOrderedId, parseUuid } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import type { Transaction } from "@/server/kernel/transaction";
import { domainNameTaken } from "../failures";
import { readFields, suggestMapping, type ImportMapping, type RowFields } from "./import-fields";
import {
  findPresent,
  keyOf,
  planOf,
  readWanted,
  unusable,
  wrongOf,
  type Plan,
  type Present,
  type Wrong,
} from "./import-plan";
import { readCsv, type CsvFile } from "./import-text";
import type { ImportKind } from "../limits";
import { checkOwner } from "../owner";
import { importInput, type ImportInput, type ImportPreview, type ImportRowView } from "../schemas";

const CUSTOMERS_MOST = 1_000;
/** Rows that a preview shows: the first of all, and the first of those that are wrong. */
const SHOWN_MOST = 100;

export interface Upload {
  kind: ImportKind;
  /** What the file is called, for the job and the audit trail. */
  name: string;
  bytes: Buffer;
}

export interface Judged {
  line: number;
  fields: RowFields;
  verdict: Plan | { verdict: "wrong"; wrong: Wrong };
}

/**
 * Says what a file would do, row by row, and does nothing. The file is kept nowhere.
 * @throws DomainError INVALID_INPUT, TOO_LARGE where the file as a whole cannot be read
 */
export async function previewImport(ctx: Context, upload: Upload, input: ImportInput): Promise<ImportPreview> {
  const { csv, mapping, rows } = await judge(ctx, upload, input);
  const counts = { create: 0, change: 0, unchanged: 0, wrong: 0 };
  for (const { verdict } of rows) counts[verdict.verdict]++;
  const { columns, encoding, delimiter } = csv;
  return {
    columns,
    encoding,
    delimiter,
    mapping,
    total: rows.length,
    counts,
    passwordsMade: rows.filter((row) => madePassword(upload.kind, row)).length,
    first: rows.slice(0, SHOWN_MOST).map((row) => toView(upload.kind, row)),
    wrong: rows
      .filter(({ verdict }) => verdict.verdict === "wrong")
      .slice(0, SHOWN_MOST)
      .map((row) => toView(upload.kind, row)),
  };
}

/**
 * Begins the import of a file as a job: each row by the verb that a single one is made or changed by. What is there already
 * as the file says is left alone, so that the same file may come again.
 * @throws DomainError INVALID_INPUT, TOO_LARGE, also where no row can be used
 */
export async function startImport(
  ctx: Context,
  upload: Upload,
  input: ImportInput,
): Promise<{ id: string; count: number }> {
  const { rows } = await judge(ctx, upload, input);
  if (rows.every(({ verdict }) => verdict.verdict === "wrong")) {
    const verdict = rows[0]?.verdict;
    const why = verdict?.verdict === "wrong" ? ` The first: ${verdict.wrong.message}` : "";
    throw invalidInput("file", `No row can be imported.${why}`);
  }
  const type = upload.kind === "extensions" ? "extension.import" : "trunk.import";
  return await startStaged(ctx, upload.kind, type, rows, { file: upload.name.slice(0, 255) });
}

/** Leaves the rows for the worker, and the job that works them. */
export async function startStaged(
  ctx: Context,
  kind: ImportKind,
  type: string,
  rows: readonly Judged[],
  from: object,
): Promise<{ id: string; count: number }> {
  const prepared = rows.map(({ line, fields, verdict }) => ({
    fields,
    row: {
      id: newTimeOrderedId(),
      // A place in the file: the result says the line.
      seq: line - 1,
      label: labelOf(kind, fields),
      customerId: parseUuid(fields.customerId ?? ""),
      ...(verdict.verdict === "wrong" ? { wrong: verdict.wrong } : {}),
    } satisfies PreparedRow,
  }));
  const keep = async (tx: Transaction, jobId: string): Promise<void> => {
    const query = await tx.query();
    const kept = prepared.flatMap(({ row, fields: { password = "", ...fields } }) =>
      "wrong" in row
        ? []
        : [{ id: row.id, jobId, customerId: fields.customerId ?? "", fields, password, tmCreate: tx.now }],
    );
    for (let at = 0; at < kept.length; at += 500) await query.insert(adminImportRows).values(kept.slice(at, at + 500));
  };
  return await startPrepared(
    ctx,
    type,
    prepared.map(({ row }) => row),
    from,
    keep,
  );
}

async function judge(
  ctx: Context,
  { kind, bytes }: Upload,
  input: ImportInput,
): Promise<{ csv: CsvFile; mapping: ImportMapping; rows: Judged[] }> {
  authorize(ctx, kind === "extensions" ? "extension:create" : "trunk:create");
  const { mapping: given, customerId } = parseInput(importInput, input);
  const csv = readCsv(bytes);
  const mapping = given ?? suggestMapping(kind, csv.columns);
  const own = customerId ?? (ctx.tenant.all ? "" : ctx.tenant.customerId);
  const rows = csv.rows.map((row) => {
    const fields = readFields(mapping, row);
    const named = fields.customerId ?? "";
    const of = named === "" ? own : (parseUuid(named) ?? named);
    return { line: row.line, fields: { ...fields, customerId: of } };
  });
  return { csv, mapping, rows: await judgeRows(ctx, kind, rows) };
}

/** What each row comes to: by itself, beside the others, and beside what is there. */
export async function judgeRows(
  ctx: Context,
  kind: ImportKind,
  rows: readonly { line: number; fields: RowFields }[],
): Promise<Judged[]> {
  const seen = new Map<string, number>();
  const owners = new Owners(ctx);
  const judged: (Judged & { wanted?: Extract<ReturnType<typeof readWanted>, { wanted: unknown }>["wanted"] })[] = [];
  for (const { line, fields } of rows) {
    const read = readWanted(kind, fields);
    const { customerId = "" } = fields;
    let wrong = customerId === "" ? OWNERLESS : "wrong" in read ? read.wrong : await owners.check(customerId);
    const key = keyOf(kind, fields);
    const before = seen.get(key);
    if (wrong === null && before !== undefined) wrong = repeated(kind, before);
    if (wrong === null) seen.set(key, line);
    if (wrong !== null) judged.push({ line, fields, verdict: { verdict: "wrong", wrong } });
    else if ("wanted" in read) judged.push({ line, fields, verdict: { verdict: "create" }, wanted: read.wanted });
  }
  const good = judged.filter(({ wanted }) => wanted !== undefined).map(({ fields }) => fields);
  const present = await findPresent(ctx, kind, good);
  return judged.map(({ line, fields, verdict, wanted }) => {
    if (wanted === undefined) return { line, fields, verdict };
    const there = present.get(keyOf(kind, fields)) ?? null;
    if (isAnothers(ctx, fields, there))
      return { line, fields, verdict: { verdict: "wrong", wrong: wrongOf(domainNameTaken()) } };
    const plan = planOf(fields, wanted, there);
    const wrong = plan.verdict === "unchanged" ? null : unusable(kind, fields, wanted, there);
    return { line, fields, verdict: wrong === null ? plan : { verdict: "wrong", wrong } };
  });
}

/** A trunk's domain name may be used by another customer, about whom no more is said. */
export const isAnothers = (ctx: Context, { customerId = "" }: RowFields, present: Present | null): boolean =>
  present !== null &&
  (present.customerId !== customerId || !(ctx.tenant.all || ctx.tenant.customerId === present.customerId));

const repeated = (kind: ImportKind, line: number): Wrong => ({
  field: kind === "extensions" ? "extension" : "domainName",
  reason: "REPEATED_IN_FILE",
  message: `Line ${line} has the same one already.`,
});

const OWNERLESS: Wrong = {
  field: "customerId",
  reason: "INVALID_INPUT",
  message: "Choose a customer, or name one in the file.",
};

/** Whether rows may be made for a customer, each asked for once. */
class Owners {
  private readonly known = new Map<string, Wrong | null>();
  constructor(private readonly ctx: Context) {}
  async check(customerId: string): Promise<Wrong | null> {
    const known = this.known.get(customerId);
    if (known !== undefined) return known;
    if (this.known.size >= CUSTOMERS_MOST)
      throw invalidInput("file", `Use a file of at most ${CUSTOMERS_MOST} customers.`);
    const wrong = await checkOwner(this.ctx, customerId).then(() => null, wrongOf);
    this.known.set(customerId, wrong);
    return wrong;
  }
}

const labelOf = (kind: ImportKind, { extension = "", domainName = "" }: RowFields): string =>
  (kind === "extensions" ? extension : domainName).slice(0, 255);

function madePassword(kind: ImportKind, { fields, verdict: { verdict } }: Judged): boolean {
  if (verdict !== "create" || (fields.password ?? "") !== "") return false;
  return kind === "extensions" || (fields.authTypes ?? "").includes("basic") || (fields.username ?? "") !== "";
}

function toView(kind: ImportKind, { line, fields, verdict }: Judged): ImportRowView {
  return {
    line,
    customerId: (fields.customerId ?? "").slice(0, 64),
    label: labelOf(kind, fields),
    name: (fields.name ?? "").slice(0, 255),
    verdict: verdict.verdict,
    changes: verdict.verdict === "change" ? verdict.changes : [],
    field: verdict.verdict === "wrong" ? verdict.wrong.field : "",
    message: verdict.verdict === "wrong" ? verdict.wrong.message : "",
  };
}
