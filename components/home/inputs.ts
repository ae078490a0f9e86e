import type { ListCustomersInput } from "@/server/domain/customer/schemas";

/** What the home page asks for, on the server and in the browser. */
export const LATEST_INPUT: ListCustomersInput = { size: 7 };
export const DELETED_INPUT: ListCustomersInput = { filter: { deleted: true }, size: 8 };
