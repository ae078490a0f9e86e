import type { ListAccessKeysInput } from "@/server/domain/customer/schemas";

/** The same request from server and browser. */
export function toAccessKeyListInput(
  customerId: string,
  params: { revoked: boolean; cursor: string },
): ListAccessKeysInput {
  return {
    filter: { customerId, deleted: params.revoked },
    size: 50,
    ...(params.cursor === "" ? {} : { cursor: params.cursor.slice(0, 2_000) }),
  };
}
