import type { Ports } from "@/server/kernel/context";
import type { Called } from "./callers";
import { fill, type Filling } from "./inputs";
import type { Tenant } from "./tenant";

/** What the walk cannot find out by itself about a procedure. Most need no entry. */
interface Override {
  /** Fields that the schema alone does not give; they are added to what the walk fills in. */
  input?: (tenant: Tenant) => Record<string, unknown>;
  /** It reaches no verb that could check the right a second time. */
  oneDoor?: true;
  /** What it would change is not there in a tenant of the walk, so that it finds nothing for anybody. */
  findsNothing?: true;
}

export const OVERRIDES: Readonly<Record<string, Override>> = {
  "customer.retryDeletion": { findsNothing: true }, // nothing failed
  "deadLetter.get": { findsNothing: true },
  "deadLetter.discard": { findsNothing: true },
  "deadLetter.replay": { findsNothing: true },
  "account.confirmTotp": { input: () => ({ code: "000000" }) },
  "health.get": { oneDoor: true },
  "registration.acknowledge": { input: ({ ids }) => ({ id: ids.admin_registration_alarms ?? "" }) },
  "trunk.create": { input: () => ({ username: "pbx", allowedIps: ["192.0.2.1"] }) },
  "trunk.update": { input: () => ({ username: "pbx", password: "a password", allowedIps: ["192.0.2.1"] }) },
  "preference.setDefaultView": { input: () => ({ id: null }) },
};

const NOTHING_DONE = { done: [], refused: [], missing: [] };

/** A broker and a hasher that do nothing, so that procedures which need them come to an end. */
export const RIGHTS_PORTS: Partial<Ports> = {
  deadLetters: {
    count: () => Promise.resolve(0),
    peek: () => Promise.resolve([]),
    find: () => Promise.resolve(null),
    replay: () => Promise.resolve(NOTHING_DONE),
    discard: () => Promise.resolve(NOTHING_DONE),
  },
  passwords: { hash: () => Promise.resolve("no hash"), verify: () => Promise.resolve(false) },
  secrets: { seal: () => Buffer.alloc(1), open: () => null, sign: () => "no signature" },
  handover: {
    origin: "https://console.example",
    transport: "udp",
    proxy: null,
    attempts: { take: () => Promise.resolve(0) },
  },
  relyingParty: { id: "console.example", origin: "https://console.example", name: "Console" },
};

/** The table that a procedure's ids are of, where its router is not named like it. */
const TABLE_OF: Readonly<Record<string, string>> = {
  admin: "users",
  accessKey: "accesskeys",
  registration: "extensions",
  account: "passkeys",
  handover: "extensions",
  drift: "drift_findings",
};

/** The id that a field of a procedure most likely means. */
export function likelyId(path: string, tenant: Tenant): (field: string) => string {
  const router = path.split(".", 1)[0] ?? "";
  const ending = `_${TABLE_OF[router] ?? `${router.toLowerCase()}s`}`;
  const own = Object.entries(tenant.ids).find(([table]) => table.endsWith(ending))?.[1] ?? tenant.customerId;
  return (field) =>
    /customer/i.test(field) ? tenant.customerId : /admin|user|actor/i.test(field) ? tenant.adminId : own;
}

/** An input that a procedure understands, about a tenant's records. */
export function inputFor({ path, schema }: Called, tenant: Tenant, filling?: Filling): unknown {
  if (schema === null) return undefined;
  const filled = fill(schema, filling ?? { id: likelyId(path, tenant) });
  const more = OVERRIDES[path]?.input?.(tenant);
  return more === undefined ? filled : { ...(filled as object), ...more };
}
