import * as z from "zod";
import { createAccessKeyInput } from "@/server/domain/customer/schemas";

const { name, detail } = createAccessKeyInput.shape;

/** The verb's own fields, and how long the key shall work, in days as the list names them. */
export const createKeyForm = z.object({
  name: name.unwrap(),
  detail: detail.unwrap(),
  days: z.string(),
});
