import type { Account } from "../sip/account";
import type { Trunk } from "../trpc";
import { trunkName } from "./names";

type Known = Pick<Trunk, "id" | "name" | "domainName" | "customerId" | "customerName" | "authTypes" | "tmDelete">;

/** A trunk as one kind of SIP account. */
export const accountOf = (trunk: Known): Account => ({
  kind: "trunk",
  id: trunk.id,
  name: trunkName(trunk),
  identifier: trunk.domainName,
  customerId: trunk.customerId,
  customerName: trunk.customerName,
  tmDelete: trunk.tmDelete,
  password: trunk.authTypes.includes("basic"),
});
