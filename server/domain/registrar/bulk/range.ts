import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { invalidInput } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { judgeRows, startStaged, type Judged } from "./import";
import { IMPORT_ROWS_MOST } from "../limits";
import { checkOwner } from "../owner";
import { rangeInput, type RangeInput, type RangePreview } from "../schemas";

const SHOWN_MOST = 20;

/** Which numbers of a range would be created, and which live already. @throws DomainError INVALID_INPUT, NOT_FOUND */
export async function previewRange(ctx: Context, input: RangeInput): Promise<RangePreview> {
  const rows = await judgeRange(ctx, input);
  const labels = (these: Judged[]): string[] => these.slice(0, SHOWN_MOST).map(({ fields }) => fields.extension ?? "");
  const created = rows.filter(({ verdict }) => verdict.verdict === "create");
  const present = rows.filter(({ verdict }) => verdict.verdict !== "create");
  return {
    total: rows.length,
    create: created.length,
    present: present.length,
    examples: created.slice(0, 3).map(({ fields: { extension = "", name = "" } }) => ({ extension, name })),
    presentFirst: labels(present),
  };
}

/**
 * Creates the extensions of a range in the background, each with a password that is made up; those that live already stay
 * as they are.
 * @throws DomainError INVALID_INPUT, NOT_FOUND, CONFLICT where all of them live already
 */
export async function startRange(ctx: Context, input: RangeInput): Promise<{ id: string; count: number }> {
  const rows = await judgeRange(ctx, input);
  if (rows.every(({ verdict }) => verdict.verdict !== "create"))
    throw invalidInput("to", "All extensions of this range exist already.");
  const { customerId, from, to } = input;
  return await startStaged(ctx, "extensions", "extension.create-range", rows, { customerId, from, to });
}

async function judgeRange(ctx: Context, input: RangeInput): Promise<Judged[]> {
  authorize(ctx, "extension:create");
  const { customerId, from, to, prefix, name } = parseInput(rangeInput, input);
  const [first, last] = [Number(from), Number(to)];
  if (last < first) throw invalidInput("to", "Enter a number that is not below the first.");
  if (last - first >= IMPORT_ROWS_MOST) throw invalidInput("to", `Use a range of at most ${IMPORT_ROWS_MOST} numbers.`);
  if (to.length !== from.length && from.startsWith("0"))
    throw invalidInput("to", "Enter both numbers with the same count of digits, such as 0100 and 0149.");
  await checkOwner(ctx, customerId);
  const rows = [];
  for (let number = first; number <= last; number++) {
    const extension = `${prefix}${String(number).padStart(from.length, "0")}`;
    rows.push({
      line: rows.length + 1,
      fields: { customerId, extension, name: name.replaceAll("{number}", extension) },
    });
  }
  const judged = await judgeRows(ctx, "extensions", rows);
  const wrong = judged.find(({ verdict }) => verdict.verdict === "wrong")?.verdict;
  // All rows are alike: what is wrong with one is wrong with what was asked for.
  if (wrong?.verdict === "wrong")
    throw invalidInput(wrong.wrong.field === "extension" ? "prefix" : wrong.wrong.field, wrong.wrong.message);
  return judged;
}
