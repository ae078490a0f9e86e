import { adminUnsettled } from "./schema/admin-unsettled";
import { alembicVersion } from "./schema/alembic-version";
import { extensions } from "./schema/extensions";
import { iaxfriends } from "./schema/iaxfriends";
import { meetme } from "./schema/meetme";
import { musiconhold } from "./schema/musiconhold";
import { musiconholdEntry } from "./schema/musiconhold-entry";
import { psAors } from "./schema/ps-aors";
import { psAsteriskPublications } from "./schema/ps-asterisk-publications";
import { psAuths } from "./schema/ps-auths";
import { psContacts } from "./schema/ps-contacts";
import { psDomainAliases } from "./schema/ps-domain-aliases";
import { psEndpointIdIps } from "./schema/ps-endpoint-id-ips";
import { psEndpoints } from "./schema/ps-endpoints";
import { psGlobals } from "./schema/ps-globals";
import { psInboundPublications } from "./schema/ps-inbound-publications";
import { psOutboundPublishes } from "./schema/ps-outbound-publishes";
import { psRegistrations } from "./schema/ps-registrations";
import { psResourceList } from "./schema/ps-resource-list";
import { psSubscriptionPersistence } from "./schema/ps-subscription-persistence";
import { psSystems } from "./schema/ps-systems";
import { psTransports } from "./schema/ps-transports";
import { queueMembers } from "./schema/queue-members";
import { queueRules } from "./schema/queue-rules";
import { queues } from "./schema/queues";
import { sippeers } from "./schema/sippeers";
import { stirTn } from "./schema/stir-tn";
import { voicemail } from "./schema/voicemail";

/** All tables of the schema that Asterisk's own migrations make, at their head `abdc9ede147d`, and what the product adds. */
export const asteriskTables = [
  adminUnsettled,
  alembicVersion,
  extensions,
  iaxfriends,
  meetme,
  musiconhold,
  musiconholdEntry,
  psAors,
  psAsteriskPublications,
  psAuths,
  psContacts,
  psDomainAliases,
  psEndpointIdIps,
  psEndpoints,
  psGlobals,
  psInboundPublications,
  psOutboundPublishes,
  psRegistrations,
  psResourceList,
  psSubscriptionPersistence,
  psSystems,
  psTransports,
  queueMembers,
  queueRules,
  queues,
  sippeers,
  stirTn,
  voicemail,
];
