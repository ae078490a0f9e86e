import * as z from "zod";
import { UUID } from "@/db/uuid";

/** An id in an input. */
export const idInput = z.string().regex(UUID, { error: "This is not an id." });

/** The `tmUpdate` of the record that a change was made from (see versions.ts); without it the last change wins. */
export const seenInput = z.string().max(26).optional();
