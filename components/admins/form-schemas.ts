import * as z from "zod";
import { inviteAdminInput, updateAdminInput } from "@/server/domain/admin/schemas";
import { ROLES } from "@/server/kernel/permissions";

const rights = z
  .object({
    role: z.enum(ROLES),
    reach: z.enum(["platform", "customer"]),
    customer: z.string(),
    customerId: z.string(),
  })
  .superRefine(({ reach, customerId }, ctx) => {
    if (reach === "customer" && customerId === "")
      ctx.addIssue({ code: "custom", path: ["customerId"], message: "Choose a customer from the list." });
  });

const { email, name } = inviteAdminInput.shape;
/** The verb's own fields, and whose data it is about as the form asks for it. */
export const inviteForm = rights.and(z.object({ email, name: name.unwrap() }));
export const editForm = rights.and(z.object({ name: updateAdminInput.shape.name.unwrap() }));
