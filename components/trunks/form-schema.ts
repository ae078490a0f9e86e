import * as z from "zod";
import { createTrunkInput } from "@/server/domain/registrar/schemas";
import { unusableTrunk } from "@/server/domain/registrar/limits";

const { name, detail, domainName, username, password, allowedIps } = createTrunkInput.shape;

/** Addresses one on each line, or a list as it was pasted, checked and spelt by the verb's own rule. */
export const addressList = z.string().transform((text, ctx): string => {
  const given = text.split(/[\s,;]+/).filter((part) => part !== "");
  const result = allowedIps.safeParse(given);
  if (result.success) return result.data.join("\n");
  for (const { path, message } of result.error.issues) {
    const wrong = typeof path[0] === "number" ? given[path[0]] : undefined;
    ctx.addIssue({ code: "custom", message: wrong === undefined ? message : `“${wrong.slice(0, 60)}”: ${message}` });
  }
  return z.NEVER;
});

/** The verb's own fields as a form holds them: all texts, so that two editors' changes can be compared. */
export const trunkForm = z
  .object({
    customerId: z.string().min(1, { error: "Choose a customer." }),
    domainName,
    name: name.unwrap(),
    detail: detail.unwrap(),
    /** `basic`, `ip`, `basic ip`. */
    authTypes: z.string(),
    username: username.unwrap(),
    allowedIps: addressList,
    own: z.boolean(),
    password: password.unwrap(),
  })
  .superRefine((trunk, ctx) => {
    const { own, password } = trunk;
    if (own && password === "")
      ctx.addIssue({ code: "custom", path: ["password"], message: "Enter the password, or let one be made up." });
    // One that is made up, or that the trunk has already, is not in the form.
    const wrong = unusableTrunk({
      ...trunk,
      authTypes: trunk.authTypes.split(" ").filter((type) => type !== ""),
      allowedIps: trunk.allowedIps.split("\n").filter((address) => address !== ""),
      password: "made up",
    });
    if (wrong !== null) ctx.addIssue({ code: "custom", path: [wrong[0]], message: wrong[1] });
  });
