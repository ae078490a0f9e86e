import { psContacts } from "@/db/asterisk/schema/ps-contacts";
import { unique } from "./accounts";
import { inAsterisk } from "./asterisk";

/** Writes what Asterisk writes when a phone registers (contract/registrar.md §10.2). */
export async function registerPhone(
  { endpointId, extension }: { endpointId: string; extension: string },
  userAgent = "Yealink SIP-T54W 96.86.0.70",
): Promise<void> {
  await inAsterisk((asterisk) =>
    asterisk.insert(psContacts).values({
      id: `${endpointId}^3B@${unique()}`,
      uri: `sip:${extension}@198.51.100.24:5062^3Btransport=tls`,
      expirationTime: Math.floor(Date.now() / 1_000) + 1_800,
      qualifyFrequency: 0,
      outboundProxy: "",
      path: "",
      userAgent,
      qualifyTimeout: 3,
      regServer: "registrar-1",
      authenticateQualify: "no",
      viaAddr: "198.51.100.24",
      viaPort: 5062,
      callId: unique(),
      endpoint: endpointId,
      pruneOnBoot: "no",
      qualify2xxOnly: "false",
    }),
  );
}
