import * as z from "zod";
import { idInput, seenInput } from "@/server/kernel/id-input";
import { text } from "@/server/kernel/text-input";
import { timeInput } from "@/server/kernel/time-input";
import { LIMITS, WEBHOOK_METHODS } from "./limits";

const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** The platform's rule for an e-mail address (contract/customer.md §4.1); siblings use it as a user name. */
export function isEmail(text: string): boolean {
  if (text.length > LIMITS.email || text.includes("..")) return false;
  const at = text.indexOf("@");
  return at > 0 && text[at - 1] !== "." && EMAIL.test(text);
}

function isWebhookUri(text: string): boolean {
  if (text === "") return true;
  if (!/^https?:\/\//i.test(text) || /[\s\u0000-\u001f]/.test(text)) return false;
  return URL.canParse(text) && new URL(text).hostname !== "";
}

const email = text(LIMITS.email).refine(isEmail, { error: "Enter an e-mail address such as ops@example.com." });
const webhookMethod = z.enum(WEBHOOK_METHODS, { error: "Use POST, GET, PUT or DELETE, or leave it empty." });
const webhookUri = text(LIMITS.webhookUri).refine(isWebhookUri, {
  error: "Enter an address that begins with https:// or http://.",
});

const profile = {
  name: text(LIMITS.name).default(""),
  detail: text(LIMITS.detail).default(""),
  phoneNumber: text(LIMITS.phoneNumber).default(""),
  address: text(LIMITS.address).default(""),
  webhookMethod: webhookMethod.default(""),
  webhookUri: webhookUri.default(""),
};

export const createCustomerInput = z.object({ ...profile, email });
export type CreateCustomerInput = z.input<typeof createCustomerInput>;

/** Replaces all fields; only the e-mail stays when it is empty (contract/README "Keep" 5). */
export const updateCustomerInput = z.object({
  ...profile,
  id: idInput,
  email: z.union([z.literal(""), email]).default(""),
  tmUpdate: seenInput,
});
export type UpdateCustomerInput = z.input<typeof updateCustomerInput>;

export const customerIdInput = z.object({ id: idInput });
export type CustomerIdInput = z.input<typeof customerIdInput>;

export const setBillingAccountInput = z.object({ id: idInput, billingAccountId: idInput });
export type SetBillingAccountInput = z.input<typeof setBillingAccountInput>;

export const deleteCustomerInput = z.object({ id: idInput });
export type DeleteCustomerInput = z.input<typeof deleteCustomerInput>;

export const checkBalanceInput = z.object({
  id: idInput,
  /** `call`, `sms`, `number`; passed on to billing-manager as it is. */
  referenceType: text(255).default(""),
  country: text(255).default(""),
  /** How many of them; less than one counts as one. */
  count: z.number().int().default(1),
});
export type CheckBalanceInput = z.input<typeof checkBalanceInput>;

export const CUSTOMER_STATUSES = ["active", "deleted"] as const;

export const customerFilter = z.object({
  id: idInput.optional(),
  name: text(LIMITS.name).optional(),
  email: text(LIMITS.email).optional(),
  phoneNumber: text(LIMITS.phoneNumber).optional(),
  billingAccountId: idInput.optional(),
  deleted: z.boolean().optional(),
  /** Created at this time or later, and before that one. */
  createdFrom: timeInput.optional(),
  createdBefore: timeInput.optional(),
  /** Beginning of a name or an e-mail address, or a whole id. */
  search: z.string().trim().max(LIMITS.name).optional(),
});
export type CustomerFilter = z.infer<typeof customerFilter>;

const cursorPage = {
  cursor: z.string().max(2_000).optional(),
  size: z.number().int().min(1).max(200).default(50),
};

export const CUSTOMER_SORTS = ["tmCreate", "name"] as const;
export const listCustomersInput = z.object({
  filter: customerFilter.default({}),
  sort: z.enum(CUSTOMER_SORTS).default("tmCreate"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  ...cursorPage,
});
export type ListCustomersInput = z.input<typeof listCustomersInput>;

/** A customer as verbs return it. Times are the platform's: UTC `YYYY-MM-DD HH:MM:SS.ffffff`, `9999-01-01 …` = not yet. */
export interface CustomerView {
  id: string;
  name: string;
  detail: string;
  email: string;
  phoneNumber: string;
  address: string;
  webhookMethod: string;
  webhookUri: string;
  /** Zero UUID until billing-manager has made one. */
  billingAccountId: string;
  tmCreate: string;
  tmUpdate: string;
  tmDelete: string;
}

export const customerGrowthInput = z.object({ days: z.union([z.literal(30), z.literal(90)]).default(30) });
export type CustomerGrowthInput = z.input<typeof customerGrowthInput>;

/** Customers created on each day, the oldest day first; null where it is not counted yet. */
export interface CustomerGrowth {
  days: { day: string; count: number | null }[];
}

// ---- access keys ----

export const YEAR_SECONDS = 31_536_000;
/** Largest signed 32-bit integer: what the wire carries (contract/customer.md §2.5). */
export const EXPIRE_MAX_SECONDS = 2_147_483_647;
/** A replaced token may go on working for at most this long. */
export const OVERLAP_MAX_SECONDS = 30 * 86_400;

export const createAccessKeyInput = z.object({
  customerId: idInput,
  name: text(LIMITS.name).default(""),
  detail: text(LIMITS.detail).default(""),
  /** Seconds to live; 0 = a year (contract/README "Fix" 6). */
  expire: z
    .number()
    .int()
    .min(0, { error: "Use 0 (one year) or a number of seconds above 0." })
    .max(EXPIRE_MAX_SECONDS, { error: `Use at most ${EXPIRE_MAX_SECONDS} seconds.` })
    .default(0),
});
export type CreateAccessKeyInput = z.input<typeof createAccessKeyInput>;

export const accessKeyIdInput = z.object({ id: idInput });
export type AccessKeyIdInput = z.input<typeof accessKeyIdInput>;

export const updateAccessKeyInput = z.object({
  id: idInput,
  name: text(LIMITS.name).default(""),
  detail: text(LIMITS.detail).default(""),
  tmUpdate: seenInput,
});
export type UpdateAccessKeyInput = z.input<typeof updateAccessKeyInput>;

export const rotateAccessKeyInput = z.object({
  id: idInput,
  /** For how many seconds the replaced token goes on working; 0 = it ends at once. */
  overlap: z.number().int().min(0).max(OVERLAP_MAX_SECONDS, { error: "Use at most 30 days." }).default(0),
});
export type RotateAccessKeyInput = z.input<typeof rotateAccessKeyInput>;

export const ACCESS_KEY_STATUSES = ["active", "expired", "revoked"] as const;

/**
 * What people look for among live keys: those that expire within 30 days, those that have expired, those that were not
 * used for 90 days (never used counts from creation), and those that were used in the last 7.
 */
export const ACCESS_KEY_STATES = ["expiring", "expired", "unused", "used"] as const;
export type AccessKeyState = (typeof ACCESS_KEY_STATES)[number];
export const EXPIRING_SECONDS = 30 * 86_400;
export const UNUSED_SECONDS = 90 * 86_400;
export const USED_LATELY_SECONDS = 7 * 86_400;

export const accessKeyFilter = z.object({
  id: idInput.optional(),
  customerId: idInput.optional(),
  name: text(LIMITS.name).optional(),
  deleted: z.boolean().optional(),
  state: z.enum(ACCESS_KEY_STATES).optional(),
  /** Beginning of a name, or of a token as it is shown, or a whole id. */
  search: z.string().trim().max(LIMITS.name).optional(),
});
export type AccessKeyFilter = z.infer<typeof accessKeyFilter>;

export const ACCESS_KEY_SORTS = ["tmCreate", "tmUsed", "tmExpire"] as const;
export type AccessKeySort = (typeof ACCESS_KEY_SORTS)[number];

/** The one order that a state's index has, and which end of it people want first. */
export const STATE_ORDER: Record<AccessKeyState, { sort: AccessKeySort; direction: "asc" | "desc" }> = {
  expiring: { sort: "tmExpire", direction: "asc" },
  expired: { sort: "tmExpire", direction: "desc" },
  unused: { sort: "tmUsed", direction: "asc" },
  used: { sort: "tmUsed", direction: "desc" },
};

export const listAccessKeysInput = z
  .object({
    filter: accessKeyFilter.default({}),
    /** `tmUsed` puts a key that was never used where it was created. By default a state's own order, else newest first. */
    sort: z.enum(ACCESS_KEY_SORTS).optional(),
    direction: z.enum(["asc", "desc"]).optional(),
    ...cursorPage,
  })
  .superRefine(({ filter: { state, deleted, name }, sort }, ctx) => {
    const refuse = (field: string, message: string) =>
      ctx.addIssue({ code: "custom", path: ["filter", field], message });
    if (state !== undefined && deleted === true)
      refuse("deleted", "Only live keys have a state. Leave one of both out.");
    if (state !== undefined && sort !== undefined && sort !== STATE_ORDER[state].sort)
      ctx.addIssue({
        code: "custom",
        path: ["sort"],
        message: `Keys of this state are sorted by ${STATE_ORDER[state].sort}.`,
      });
    const other = state !== undefined || (sort ?? "tmCreate") !== "tmCreate";
    if (other && name !== undefined) refuse("name", "Use `search` instead: lists of one name are sorted by tmCreate.");
    if (other && deleted === true && sort !== undefined) refuse("deleted", "Deleted keys are sorted by tmCreate.");
  });
export type ListAccessKeysInput = z.input<typeof listAccessKeysInput>;

export const verifyAccessKeyInput = z.object({
  token: z.string().max(1_023),
  customerId: idInput.optional(),
  id: idInput.optional(),
  name: text(LIMITS.name).optional(),
});
export type VerifyAccessKeyInput = z.input<typeof verifyAccessKeyInput>;

/** An access key as verbs return it; the token itself is only in {@link NewAccessKey}. */
export interface AccessKeyView {
  id: string;
  customerId: string;
  name: string;
  detail: string;
  /** Display prefix, e.g. `vb_AbCd…`. */
  token: string;
  tmExpire: string;
  /** Last time a request with it was seen, to the minute; empty = never. */
  tmUsed: string;
  usedIp: string;
  usedAgent: string;
  /** Until when the token before the last rotation works; empty = there is none. */
  tmPrevExpire: string;
  tmCreate: string;
  tmUpdate: string;
  tmDelete: string;
}

/** The one answer that carries the whole token. */
export interface NewAccessKey {
  key: AccessKeyView;
  token: string;
}

/** What goes with a customer, counted before it is deleted. */
export interface DeletionPreview {
  customer: CustomerView;
  parts: { name: string; label: string; count: number; warning: string | null }[];
}

/** How far a deletion in the background is. */
export interface DeletionProgress {
  jobId: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  steps: { name: string; label: string; done: number; total: number }[];
  error: string | null;
  tmCreate: string;
  tmFinish: string;
}
