import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

/**
 * Checks a form by its verb's own schema. Schema and checker are loaded with the first check: who only looks at a page
 * needs neither.
 */
export function schemaResolver<Input extends FieldValues, Output>(
  load: () => Promise<z.ZodType<Output, Input>>,
): Resolver<Input, unknown, Output> {
  return async (values, context, options) => {
    const [schema, { resolve }] = await Promise.all([load(), import("./zod-resolver")]);
    return await resolve(schema)(values, context, options);
  };
}
