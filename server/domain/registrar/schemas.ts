import * as z from "zod";
import { idInput, seenInput } from "@/server/kernel/id-input";
import { pageInput } from "@/server/kernel/pagination";
import { text } from "@/server/kernel/text-input";
import { timeInput } from "@/server/kernel/time-input";
import { normalizeAddress } from "./trunk/addresses";
import { asteriskText } from "./account/asterisk-text";
import { AUTH_TYPES, EXTENSION_COLUMNS, LIMITS, TRUNK_COLUMNS, type AuthType, type ImportField } from "./limits";

// ---- extensions ----

/** Contract/README "Fix" 10: what Asterisk finds again, in a URI as it is (contract/registrar.md §10.3). */
export const extensionNumber = z
  .string()
  .min(1, { error: "Enter a number or a name such as 1001 or front-desk." })
  .max(LIMITS.extension, { error: `Use at most ${LIMITS.extension} characters.` })
  .regex(/^[A-Za-z0-9._+-]*$/, { error: "Use letters, digits and . _ + - only." });

/** Characters that Asterisk's tables keep (utf8mb3), and that no phone's settings page loses. */
const PRINTABLE = /^[^\p{Control}\p{Surrogate}\u{10000}-\u{10ffff}]*$/u;
const password = (most: number) =>
  z
    .string()
    .max(most, { error: `Use at most ${most} characters.` })
    .regex(PRINTABLE, { error: "Use printable characters; emoji are none that a phone's settings keep." });

/** Empty where one is to be made up (create), or the present one to stay (update). */
export const extensionPassword = password(LIMITS.extensionPassword).refine(
  (text) => text.length > LIMITS.extensionPassword || asteriskText(text).length <= LIMITS.extensionPassword,
  { error: "Use a shorter one: ; and ^ and blanks at the ends count three each." },
);

const description = {
  name: text(LIMITS.name).default(""),
  detail: text(LIMITS.detail).default(""),
};

export const createExtensionInput = z.object({
  customerId: idInput,
  extension: extensionNumber,
  /** The name that the phone proves itself with, where it is not the number. */
  username: extensionNumber.optional(),
  /** Empty: a strong one is made up. */
  password: extensionPassword.default(""),
  ...description,
});
export type CreateExtensionInput = z.input<typeof createExtensionInput>;

/** Replaces name and detail; the password stays when it is empty (contract/README "Keep" 5). */
export const updateExtensionInput = z.object({
  id: idInput,
  ...description,
  password: extensionPassword.default(""),
  /** A new number moves the account: phones have to be set up anew. */
  extension: extensionNumber.optional(),
  /** The name that a phone proves itself with, where it is not the number. */
  username: extensionNumber.optional(),
  tmUpdate: seenInput,
});
export type UpdateExtensionInput = z.input<typeof updateExtensionInput>;

export const extensionIdInput = z.object({ id: idInput });
export type ExtensionIdInput = z.input<typeof extensionIdInput>;

export const findExtensionInput = z.object({ customerId: idInput, extension: z.string().max(255) });
export type FindExtensionInput = z.input<typeof findExtensionInput>;

export const extensionFilter = z.object({
  id: idInput.optional(),
  customerId: idInput.optional(),
  extension: text(255).optional(),
  name: text(LIMITS.name).optional(),
  realm: text(255).optional(),
  username: text(255).optional(),
  domainName: text(255).optional(),
  /** Of Asterisk's rows, e.g. `1001@<customer-id>.registrar.voipbin.net`. */
  endpointId: text(255).optional(),
  deleted: z.boolean().optional(),
  createdFrom: timeInput.optional(),
  createdBefore: timeInput.optional(),
  /** Beginning of a number or a name, a whole id, or `1001@realm`. */
  search: z.string().trim().max(255).optional(),
});
export type ExtensionFilter = z.infer<typeof extensionFilter>;

export const EXTENSION_SORTS = ["tmCreate", "extension", "name"] as const;
export type ExtensionSort = (typeof EXTENSION_SORTS)[number];

export const listExtensionsInput = z.object({
  filter: extensionFilter.default({}),
  sort: z.enum(EXTENSION_SORTS).default("tmCreate"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  ...pageInput.shape,
});
export type ListExtensionsInput = z.input<typeof listExtensionsInput>;

/** A SIP account of a phone, as verbs return it. */
export interface ExtensionView {
  id: string;
  customerId: string;
  name: string;
  detail: string;
  /** The SIP user part, e.g. `1001`. */
  extension: string;
  /** The customer's id, as the platform writes it. */
  domainName: string;
  realm: string;
  username: string;
  /** `1001@<realm>`: the key of Asterisk's rows; the three are always the same. */
  endpointId: string;
  aorId: string;
  authId: string;
  /** Only for who has the right `extension:secret`: siblings and commands. */
  password?: string;
  tmCreate: string;
  tmUpdate: string;
  tmDelete: string;
}

/** A new account, or one with a new password, which is shown this once. */
export interface ExtensionWithPassword {
  extension: ExtensionView;
  password: string;
}

/** The phones of many extensions together. */
export interface PhonesOfMany {
  /** Extensions that have a phone registered; both null where it is not known, since Asterisk's database is away. */
  extensions: number | null;
  phones: number | null;
  /** Of how many extensions they were counted, and whether that was all. */
  lookedAt: number;
  whole: boolean;
}

// ---- trunks ----

const domainName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9\-.]{1,30}$/, {
  error: "Use 2 to 31 letters, digits, dots and hyphens, beginning with a letter.",
});

const authTypes = z
  .array(z.enum(AUTH_TYPES, { error: "Use basic (user name and password) or ip (source address)." }))
  .max(10, { error: "Use basic, ip or both." })
  .transform((types): AuthType[] => AUTH_TYPES.filter((type) => types.includes(type)));

const allowedIp = z.string().transform((value, ctx): string => {
  const address = normalizeAddress(value.slice(0, 100));
  if (address !== null && value.length <= 100) return address;
  ctx.addIssue({
    code: "custom",
    message: "Enter an address or a network such as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32.",
  });
  return z.NEVER;
});
const allowedIps = z
  .array(allowedIp)
  .max(LIMITS.allowedIps, { error: `Use at most ${LIMITS.allowedIps} addresses.` })
  .transform((addresses) => [...new Set(addresses)]);

const trunkUsername = z
  .string()
  .max(LIMITS.trunkUsername, { error: `Use at most ${LIMITS.trunkUsername} characters.` })
  .regex(/^[^\p{Control}\p{Surrogate}]*$/u, { error: "Use printable characters." });

const trunkFields = {
  ...description,
  authTypes,
  username: trunkUsername.default(""),
  password: password(LIMITS.trunkPassword).default(""),
  allowedIps: allowedIps.default([]),
};

export const createTrunkInput = z.object({ customerId: idInput, domainName, ...trunkFields });
export type CreateTrunkInput = z.input<typeof createTrunkInput>;

/**
 * Replaces all fields but the domain name; the password stays when it is empty (contract/README "Keep" 5), and is made up
 * where there was none.
 */
export const updateTrunkInput = z.object({
  id: idInput,
  ...trunkFields,
  /** A new domain name, and with it a new realm. */
  domainName: domainName.optional(),
  tmUpdate: seenInput,
});
export type UpdateTrunkInput = z.input<typeof updateTrunkInput>;

export const trunkIdInput = z.object({ id: idInput });
export type TrunkIdInput = z.input<typeof trunkIdInput>;

export const findTrunkInput = z.object({ domainName: z.string().max(255) });
export type FindTrunkInput = z.input<typeof findTrunkInput>;

export const trunkFilter = z.object({
  id: idInput.optional(),
  customerId: idInput.optional(),
  name: text(LIMITS.name).optional(),
  domainName: text(255).optional(),
  realm: text(255).optional(),
  username: text(255).optional(),
  deleted: z.boolean().optional(),
  createdFrom: timeInput.optional(),
  createdBefore: timeInput.optional(),
  /** Beginning of a domain name or a name, a whole id, or a realm. */
  search: z.string().trim().max(255).optional(),
});
export type TrunkFilter = z.infer<typeof trunkFilter>;

export const TRUNK_SORTS = ["tmCreate", "domainName", "name"] as const;
export type TrunkSort = (typeof TRUNK_SORTS)[number];

export const listTrunksInput = z.object({
  filter: trunkFilter.default({}),
  sort: z.enum(TRUNK_SORTS).default("tmCreate"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  ...pageInput.shape,
});
export type ListTrunksInput = z.input<typeof listTrunksInput>;

/** A SIP trunk to a PBX or a carrier, as verbs return it. */
export interface TrunkView {
  id: string;
  customerId: string;
  name: string;
  detail: string;
  /** Unique among live trunks of all customers, ignoring case. */
  domainName: string;
  authTypes: string[];
  realm: string;
  username: string;
  /** Only for who has the right `trunk:secret`: siblings and commands; and in the answer to the change that made it up. */
  password?: string;
  allowedIps: string[];
  tmCreate: string;
  tmUpdate: string;
  tmDelete: string;
}

export interface TrunkWithPassword {
  trunk: TrunkView;
  password: string;
}

// ---- many from a file or a range ----

const importFields = [...new Set([...EXTENSION_COLUMNS, ...TRUNK_COLUMNS])] as [ImportField, ...ImportField[]];

export const importInput = z.strictObject({
  /** Which column, counted from zero, is which field; by the names in the first line where nothing is said. */
  mapping: z.partialRecord(z.enum(importFields), z.number().int().min(0).max(99)).optional(),
  /** Whose the rows are that do not say so themselves. */
  customerId: idInput.optional(),
});
export type ImportInput = z.input<typeof importInput>;

export interface ImportRowView {
  /** Of the file. */
  line: number;
  customerId: string;
  /** The number or the domain name. */
  label: string;
  name: string;
  verdict: "create" | "change" | "unchanged" | "wrong";
  /** Fields that would change. */
  changes: string[];
  /** What is wrong, and how to mend it. */
  field: string;
  message: string;
}

export interface ImportPreview {
  columns: string[];
  encoding: string;
  delimiter: string;
  mapping: Partial<Record<ImportField, number>>;
  total: number;
  counts: Record<ImportRowView["verdict"], number>;
  /** Rows that get a password that is made up. */
  passwordsMade: number;
  first: ImportRowView[];
  wrong: ImportRowView[];
}

const rangeNumber = z.string().regex(/^\d{1,15}$/, { error: "Enter a number of at most 15 digits, such as 1000." });

/** `0100` to `0149` keeps its zeros; `prefix` is put in front of each. */
export const rangeInput = z.object({
  customerId: idInput,
  from: rangeNumber,
  to: rangeNumber,
  prefix: z.union([z.literal(""), extensionNumber]).default(""),
  /** `{number}` stands for the extension. */
  name: text(LIMITS.name).default(""),
});
export type RangeInput = z.input<typeof rangeInput>;

export interface RangePreview {
  total: number;
  create: number;
  /** Those that live already, and the first of them. */
  present: number;
  presentFirst: string[];
  examples: { extension: string; name: string }[];
}

// ---- registrations ----

export const contactsInput = z.object({ customerId: idInput, extension: z.string().max(255) });
export type ContactsInput = z.input<typeof contactsInput>;

/** A row of ps_contacts as Asterisk wrote it: `;` is `^3B` in `id` and `uri` (contract/registrar.md §3.4). */
export interface Contact {
  id: string;
  uri: string;
  /** Unix seconds. */
  expirationTime: number;
  qualifyFrequency: number;
  outboundProxy: string;
  path: string;
  userAgent: string;
  qualifyTimeout: number;
  regServer: string;
  authenticateQualify: string;
  viaAddr: string;
  viaPort: number;
  callId: string;
  endpoint: string;
  pruneOnBoot: string;
}

/** A phone that is registered now. */
export interface RegistrationView {
  /** Of Asterisk's row. */
  id: string;
  endpointId: string;
  /** The contact's SIP URI, as the phone sent it. */
  uri: string;
  /** Where calls are sent: `host:port` of the URI, or where the proxy saw a phone behind NAT. */
  address: string;
  /** What the phone takes for its own address: the last of the Via headers. */
  via: string;
  /** `udp`, `tcp`, `tls`, `ws` or `wss`. */
  transport: string;
  userAgent: string;
  /** The registrar that took it. */
  node: string;
  callId: string;
  tmExpire: string;
}
