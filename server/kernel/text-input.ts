import * as z from "zod";

/**
 * At most `limit` characters as the database counts them (code points). Half a surrogate pair becomes U+FFFD, as it does
 * for siblings, because no column keeps it.
 */
export const text = (limit: number) =>
  z
    .string()
    .overwrite((value) => value.replace(/\p{Surrogate}/gu, "\ufffd"))
    .refine((value) => value.length <= limit || [...value].length <= limit, {
      error: `Use at most ${limit} characters.`,
    });
