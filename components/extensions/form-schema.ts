import * as z from "zod";
import { createExtensionInput } from "@/server/domain/registrar/schemas";

const { extension, password, name, detail } = createExtensionInput.shape;

/** The verb's own fields; whose it is is chosen from a list, and a password is given only where somebody wants his own. */
export const extensionForm = z
  .object({
    customerId: z.string().min(1, { error: "Choose a customer." }),
    extension,
    name: name.unwrap(),
    detail: detail.unwrap(),
    own: z.boolean(),
    password: password.unwrap(),
  })
  .refine(({ own, password }) => !own || password !== "", {
    path: ["password"],
    error: "Enter the password, or let one be made up.",
  });
