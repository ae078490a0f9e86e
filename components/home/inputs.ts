import type { ListAccessKeysInput, ListCustomersInput } from "@/server/domain/customer/schemas";

/** What the home page asks for, on the server and in the browser. */
export const LATEST_INPUT: ListCustomersInput = { size: 6 };
export const DELETED_INPUT: ListCustomersInput = { filter: { deleted: true }, size: 8 };
export const EXPIRING_INPUT: ListAccessKeysInput = { filter: { state: "expiring" }, size: 6 };
export const USED_INPUT: ListAccessKeysInput = { filter: { state: "used" }, size: 1 };
