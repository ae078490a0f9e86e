import { createLoader, createSerializer, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const CUSTOMER_TABS = ["overview", "access-keys", "audit"] as const;
export type CustomerTab = (typeof CUSTOMER_TABS)[number];

/** What the address of a customer's page says. */
export const customerPageParams = {
  tab: parseAsStringLiteral(CUSTOMER_TABS).withDefault("overview"),
  dialog: parseAsStringLiteral(["delete", "create-key", "edit-key", "rotate-key", "revoke-key"]),
  /** Which key a dialog is about. */
  key: parseAsString,
  /** Whether revoked keys are shown instead of the live ones. */
  revoked: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(["tmCreate", "tmUsed", "tmExpire"]),
  direction: parseAsStringLiteral(["asc", "desc"]),
  cursor: parseAsString.withDefault(""),
  /** Which audit entry is open. */
  entry: parseAsString,
};

export const loadCustomerPageParams = createLoader(customerPageParams);
export const customerPageHref = createSerializer(customerPageParams);
