/** A number's registration is known by the key of Asterisk's rows, `1001@<customer-id>.<base>`: what that says of it. */
export interface EndpointName {
  extension: string;
  realm: string;
  /** Null for what was not named by the product. */
  customerId: string | null;
}

const UUID_FIRST = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\./i;

/** Reads an endpoint as ps_contacts.admin_customer_id does: whose it is, stands behind its last `@`. */
export function readEndpoint(endpoint: string): EndpointName {
  const at = endpoint.lastIndexOf("@");
  const realm = at === -1 ? "" : endpoint.slice(at + 1);
  return {
    extension: at === -1 ? endpoint : endpoint.slice(0, at),
    realm,
    customerId: UUID_FIRST.exec(realm)?.[1]?.toLowerCase() ?? null,
  };
}
