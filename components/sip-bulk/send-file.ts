import { IMPORT_BYTES_MOST, type ImportKind } from "@/server/domain/registrar/limits";
import type { ImportInput, ImportPreview } from "@/server/domain/registrar/schemas";
import type { Translate } from "../i18n/translate";
import type { FailureDescription } from "../lib/failures";
import { signInAgain } from "../trpc";

/** A file that the server has refused, with its words. */
export class FileRefused extends Error {
  constructor(readonly failure: FailureDescription) {
    super(failure.message);
  }
}

export interface Chosen {
  kind: ImportKind;
  file: File;
  input: ImportInput;
}

export const previewFile = (t: Translate, chosen: Chosen): Promise<ImportPreview> =>
  send<ImportPreview>(t, "preview", chosen);
export const startFile = (t: Translate, chosen: Chosen): Promise<{ id: string; count: number }> =>
  send<{ id: string; count: number }>(t, "start", chosen);

/** The file goes with each step, so that it is kept nowhere between them. */
async function send<Answer>(t: Translate, step: "preview" | "start", { kind, file, input }: Chosen): Promise<Answer> {
  const refuse = (message: string, requestId = ""): FileRefused =>
    new FileRefused({ message, requestId, code: "FILE", fields: {} });
  if (file.size > IMPORT_BYTES_MOST) throw refuse(t("sipImport.tooLarge", { most: IMPORT_BYTES_MOST / 2 ** 20 }));
  const query = new URLSearchParams({ step, file: file.name, input: JSON.stringify(input) });
  let response: Response;
  try {
    // Read first: a file that was changed or moved since it was chosen is no reason to think the network gone.
    const body = await file.arrayBuffer().catch(() => {
      throw refuse(t("sipImport.unreadable"));
    });
    response = await fetch(`/api/import/${kind}?${query.toString()}`, { method: "POST", body });
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw refuse(t("states.offline"));
  }
  if (response.status === 401) signInAgain();
  const answer = (await response.json().catch(() => ({}))) as { message?: string; requestId?: string };
  if (!response.ok)
    throw refuse(
      (answer.message ?? t("sipImport.failed")).replace(/^file: /, ""),
      answer.requestId ?? response.headers.get("x-request-id") ?? "",
    );
  return answer as Answer;
}
