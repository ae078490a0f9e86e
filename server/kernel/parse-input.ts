import type * as z from "zod";
import { DomainError } from "@/server/kernel/errors";

/**
 * Checks a verb's input against its schema.
 * @throws DomainError INVALID_INPUT that names every wrong field and the remedy
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  const [first = "input"] = Object.keys(fields);
  throw new DomainError("INVALID_INPUT", "INVALID_INPUT", `${first}: ${fields[first] ?? "is not valid."}`, {
    field: first,
    fields,
  });
}
