import * as z from "zod";
import { UUID } from "@/db/uuid";

/** An id in an input. */
export const idInput = z.string().regex(UUID, { error: "This is not an id." });
