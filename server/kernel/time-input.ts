import * as z from "zod";

/** A platform time: UTC, to the second or to the microsecond. */
export const timeInput = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{6})?$/, { error: "Use UTC such as 2026-01-31 23:59:59." })
  .refine((text) => !Number.isNaN(Date.parse(`${text.replace(" ", "T")}Z`)), { error: "There is no such time." });
