import type { Account } from "../sip/account";
import type { Extension } from "../trpc";
import { extensionName } from "./names";

type Known = Pick<Extension, "id" | "name" | "extension" | "customerId" | "customerName" | "tmDelete">;

/** An extension as one kind of SIP account. */
export const accountOf = (extension: Known): Account => ({
  kind: "extension",
  id: extension.id,
  name: extensionName(extension),
  identifier: extension.extension,
  customerId: extension.customerId,
  customerName: extension.customerName,
  tmDelete: extension.tmDelete,
  password: true,
});
