import type { IncomingMessage } from "node:http";
import { previewImport, startImport, type Upload } from "@/server/domain/registrar";
import { IMPORT_BYTES_MOST, IMPORT_KINDS, type ImportKind } from "@/server/domain/registrar/limits";
import type { ImportInput } from "@/server/domain/registrar/schemas";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";

/** As many uploads as one person has under way, and all of them together: each is in memory as a whole. */
const AT_ONCE_MOST = 2;
const IN_ALL_MOST = 4;
const underWay = new Map<string, number>();
const sum = (): number => [...underWay.values()].reduce((all, each) => all + each, 0);

export interface ImportRequest {
  /** The kind of list, from the address. */
  name: string;
  /** `step`: preview or start; `file`: its name; `input`: see importInput, as JSON. */
  query: URLSearchParams;
  body: IncomingMessage;
}

/**
 * Takes a CSV file: says what it would do, or begins to do it. The file is in memory while this runs, and kept nowhere.
 * @throws DomainError NOT_FOUND, FORBIDDEN, INVALID_INPUT, TOO_LARGE, TOO_MANY_REQUESTS
 */
export async function receiveImport(ctx: Context, { name, query, body }: ImportRequest): Promise<object> {
  const kind = IMPORT_KINDS.find((each) => each === name);
  if (kind === undefined) throw new DomainError("NOT_FOUND", "LIST_NOT_FOUND", "There is no such list.");
  authorize(ctx, kind === "extensions" ? "extension:create" : "trunk:create");
  const step = query.get("step");
  if (step !== "preview" && step !== "start") throw invalidInput("step", "Use preview or start.");
  const input = readInput(query.get("input"));
  const mine = underWay.get(ctx.actor.id) ?? 0;
  if (mine >= AT_ONCE_MOST || sum() >= IN_ALL_MOST)
    throw new DomainError("TOO_MANY_REQUESTS", "IMPORTS_UNDER_WAY", "Wait until the present uploads have ended.");
  underWay.set(ctx.actor.id, mine + 1);
  try {
    const upload: Upload = {
      kind: kind satisfies ImportKind,
      name: query.get("file") ?? "",
      bytes: await readBody(body),
    };
    return await (step === "preview" ? previewImport : startImport)(ctx, upload, input);
  } finally {
    const left = (underWay.get(ctx.actor.id) ?? 1) - 1;
    if (left === 0) underWay.delete(ctx.actor.id);
    else underWay.set(ctx.actor.id, left);
  }
}

/** Checked by the verb. */
function readInput(text: string | null): ImportInput {
  try {
    return JSON.parse(text ?? "{}") as ImportInput;
  } catch {
    throw invalidInput("input", "Send it as JSON.");
  }
}

async function readBody(body: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    // What is too large is read to its end all the same, within reason, so that the answer arrives.
    if ((size += chunk.length) <= IMPORT_BYTES_MOST) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 4 * IMPORT_BYTES_MOST) break;
  }
  if (size > IMPORT_BYTES_MOST)
    throw new DomainError(
      "TOO_LARGE",
      "FILE_TOO_LARGE",
      `file: Use a file of at most ${IMPORT_BYTES_MOST / 2 ** 20} MB.`,
      {
        field: "file",
      },
    );
  return Buffer.concat(chunks);
}
