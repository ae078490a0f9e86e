import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { stringify } from "csv-stringify";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction } from "@/server/kernel/transaction";
import { EXPORTS, type ExportedList } from "./lists";

const PAGE = 200;
/** As many downloads as one person has under way, and all of them together. */
const AT_ONCE_MOST = 2;
const IN_ALL_MOST = 8;
const underWay = new Map<string, number>();
const sum = (): number => [...underWay.values()].reduce((all, each) => all + each, 0);

export interface ExportRequest {
  /** The list's name, from the address. */
  name: string;
  /** `input`: the list's request as JSON; `columns`: those of the table that are wanted, comma-separated. */
  query: URLSearchParams;
  gzip: boolean;
}

/**
 * Sends a list with its filters as CSV: one page of it in memory at a time, as fast as it is taken. Values that a
 * spreadsheet would run as a formula get a quote in front.
 * @throws DomainError NOT_FOUND, FORBIDDEN, INVALID_INPUT, TOO_MANY_REQUESTS, before anything is sent
 */
export async function sendCsv(ctx: Context, request: ExportRequest, response: ServerResponse): Promise<void> {
  const list = Object.hasOwn(EXPORTS, request.name) ? EXPORTS[request.name] : undefined;
  if (list === undefined) throw new DomainError("NOT_FOUND", "LIST_NOT_FOUND", "There is no such list.");
  authorize(ctx, list.right);
  const input = readInput(list, request.query);
  const columns = chooseColumns(list, request.query.get("columns"));
  const mine = underWay.get(ctx.actor.id) ?? 0;
  if (mine >= AT_ONCE_MOST || sum() >= IN_ALL_MOST)
    throw new DomainError("TOO_MANY_REQUESTS", "EXPORTS_UNDER_WAY", "Wait until the present downloads have ended.");
  underWay.set(ctx.actor.id, mine + 1);
  try {
    const first = await list.page(ctx, input);
    await inTransaction({ ...ctx, receipt: null }, (tx) =>
      audit(ctx, tx, {
        action: `${request.name}.export`,
        resourceType: list.resource,
        resourceId: "",
        customerId: ctx.tenant.all ? null : ctx.tenant.customerId,
        after: { ...input, columns: columns.map(({ header }) => header) },
      }),
    );
    async function* rows(): AsyncGenerator<string[]> {
      for (let page = first; ; page = (await list?.page(ctx, { ...input, cursor: page.next })) ?? page) {
        for (const row of page.items) yield columns.map(({ value }) => value(row));
        if (page.next === null) return;
      }
    }
    const csv = stringify({
      bom: true,
      header: true,
      columns: columns.map(({ header }) => header),
      escape_formulas: true,
      record_delimiter: "windows",
    });
    response.writeHead(200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${request.name}-${ctx.now().slice(0, 10)}.csv"`,
      "cache-control": "no-store",
      ...(request.gzip ? { "content-encoding": "gzip" } : {}),
      vary: "accept-encoding",
    });
    // A failure in the middle breaks the download off, so that nobody takes a part for the whole.
    if (request.gzip) await pipeline(rows, csv, createGzip(), response);
    else await pipeline(rows, csv, response);
  } finally {
    const left = (underWay.get(ctx.actor.id) ?? 1) - 1;
    if (left === 0) underWay.delete(ctx.actor.id);
    else underWay.set(ctx.actor.id, left);
  }
}

function readInput(list: ExportedList, query: URLSearchParams): { cursor?: string; size: number } {
  let raw: unknown;
  try {
    raw = JSON.parse(query.get("input") ?? "{}");
  } catch {
    throw invalidInput("input", "Send the list's request as JSON.");
  }
  const { cursor: _, ...rest } = parseInput(list.input, raw);
  return { ...rest, size: PAGE };
}

function chooseColumns(list: ExportedList, wanted: string | null): ExportedList["columns"] {
  if (wanted === null || wanted === "") return list.columns;
  const names = new Set(wanted.split(","));
  const chosen = list.columns.filter(({ column }) => names.has(column));
  if (chosen.length === 0) throw invalidInput("columns", "None of these columns is in the list.");
  return chosen;
}
