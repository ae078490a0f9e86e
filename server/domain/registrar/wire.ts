import type { Contact, ExtensionView, TrunkView } from "./schemas";

/** The platform's Extension (contract/registrar.md §3.1): every key is always there. */
export interface WireExtension {
  id: string;
  customer_id: string;
  name: string;
  detail: string;
  endpoint_id: string;
  aor_id: string;
  auth_id: string;
  extension: string;
  domain_name: string;
  realm: string;
  username: string;
  password: string;
  tm_create: string;
  tm_update: string;
  tm_delete: string;
}

export const extensionToWire = (extension: ExtensionView): WireExtension => ({
  id: extension.id,
  customer_id: extension.customerId,
  name: extension.name,
  detail: extension.detail,
  endpoint_id: extension.endpointId,
  aor_id: extension.aorId,
  auth_id: extension.authId,
  extension: extension.extension,
  domain_name: extension.domainName,
  realm: extension.realm,
  username: extension.username,
  password: extension.password ?? MASKED,
  tm_create: extension.tmCreate,
  tm_update: extension.tmUpdate,
  tm_delete: extension.tmDelete,
});

/** The platform's Trunk (contract/registrar.md §3.2). */
export interface WireTrunk {
  id: string;
  customer_id: string;
  name: string;
  detail: string;
  domain_name: string;
  auth_types: string[];
  realm: string;
  username: string;
  password: string;
  allowed_ips: string[];
  tm_create: string;
  tm_update: string;
  tm_delete: string;
}

export const trunkToWire = (trunk: TrunkView): WireTrunk => ({
  id: trunk.id,
  customer_id: trunk.customerId,
  name: trunk.name,
  detail: trunk.detail,
  domain_name: trunk.domainName,
  auth_types: trunk.authTypes,
  realm: trunk.realm,
  username: trunk.username,
  password: trunk.password ?? MASKED,
  allowed_ips: trunk.allowedIps,
  tm_create: trunk.tmCreate,
  tm_update: trunk.tmUpdate,
  tm_delete: trunk.tmDelete,
});

/** In place of a SIP password, of whatever length it is (contract/README "Fix" 5). */
export const MASKED = "********";

/** A registration as Asterisk wrote it (contract/registrar.md §3.4); nothing is decoded here, call-manager does that. */
export const contactToWire = (contact: Contact): object => ({
  id: contact.id,
  uri: contact.uri,
  expiration_time: contact.expirationTime,
  qualify_frequency: contact.qualifyFrequency,
  outbound_proxy: contact.outboundProxy,
  path: contact.path,
  user_agent: contact.userAgent,
  qualify_timeout: contact.qualifyTimeout,
  reg_server: contact.regServer,
  authenticate_qualify: contact.authenticateQualify,
  via_addr: contact.viaAddr,
  via_port: contact.viaPort,
  call_id: contact.callId,
  endpoint: contact.endpoint,
  prune_on_boot: contact.pruneOnBoot,
});
