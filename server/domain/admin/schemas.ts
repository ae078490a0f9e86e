import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
import { ROLES } from "@/server/kernel/permissions";
import { isEmail } from "../customer/schemas";

/** ASVS 2.1: long enough, not absurdly long (argon2 hashes all of it). Characters. */
export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;

const email = z.string().trim().max(255).refine(isEmail, { error: "Enter an e-mail address such as ops@example.com." });
const password = z
  .string()
  .min(PASSWORD_LEAST, { error: `Use at least ${PASSWORD_LEAST} characters.` })
  .max(PASSWORD_MOST, { error: `Use at most ${PASSWORD_MOST} characters.` });

export const signInInput = z.object({
  email: z.string().trim().min(1, { error: "Enter your e-mail address." }).max(255),
  password: z.string().min(1, { error: "Enter your password." }).max(1_000),
});
export type SignInInput = z.input<typeof signInInput>;

export const linkInput = z.object({ token: z.string().min(1).max(200) });
export type LinkInput = z.input<typeof linkInput>;

export const acceptLinkInput = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1, { error: "Enter your name." }).max(255),
  email,
  password,
});
export type AcceptLinkInput = z.input<typeof acceptLinkInput>;

export const sessionIdInput = z.object({ id: idInput });
export type SessionIdInput = z.input<typeof sessionIdInput>;

export interface AdminView {
  id: string;
  name: string;
  email: string;
  role: string;
  /** Set for a customer's own admin. */
  customerId: string | null;
}

export interface SessionView {
  id: string;
  ip: string;
  userAgent: string;
  tmCreate: string;
  tmLastSeen: string;
  current: boolean;
}

export type LinkPurpose = "setup" | "invite" | "reset";
export interface LinkView {
  purpose: LinkPurpose;
  /** Whom it is for, where that is known. */
  email: string | null;
  /** What the inviter calls them; empty where he did not say. */
  name: string;
  valid: boolean;
}

// ---- managing admins ----

export const adminIdInput = z.object({ id: idInput });
export type AdminIdInput = z.input<typeof adminIdInput>;

export const ADMIN_SORTS = ["tmCreate", "name", "tmLastLogin"] as const;
export const ADMIN_STATUSES = ["active", "invited", "disabled"] as const;
export type AdminStatus = (typeof ADMIN_STATUSES)[number];

const adminFilter = z.object({
  /** Beginning of a name or an e-mail address, or a whole id. */
  search: z.string().trim().max(255).optional(),
  role: z.enum(ROLES).optional(),
  status: z.enum(ADMIN_STATUSES).optional(),
  twoFactor: z.boolean().optional(),
  /** Admins of the whole platform, or of one customer. */
  reach: z.enum(["platform", "customer"]).optional(),
  customerId: idInput.optional(),
});
export type AdminFilter = z.output<typeof adminFilter>;

export const listAdminsInput = z.object({
  filter: adminFilter.default({}),
  sort: z.enum(ADMIN_SORTS).default("tmCreate"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  cursor: z.string().max(2_000).optional(),
  size: z.number().int().min(1).max(200).default(50),
});
export type ListAdminsInput = z.input<typeof listAdminsInput>;

const adminName = z.string().trim().max(255);
const role = z.enum(ROLES, { error: "Choose a role." });
/** The one customer whose data the admin may see; null for all. */
const reach = idInput.nullable();

export const inviteAdminInput = z.object({
  email,
  name: adminName.default(""),
  role,
  /** Absent for the inviter's own customer, or for all where he has none. */
  customerId: reach.optional(),
});
export type InviteAdminInput = z.input<typeof inviteAdminInput>;

export const createAdminInput = inviteAdminInput.extend({ password });
export type CreateAdminInput = z.input<typeof createAdminInput>;

/** What is absent stays as it is. */
export const updateAdminInput = z.object({
  id: idInput,
  name: adminName.min(1, { error: "Enter a name." }).optional(),
  role: role.optional(),
  customerId: reach.optional(),
});
export type UpdateAdminInput = z.input<typeof updateAdminInput>;

/** An admin for those who manage admins. Times are UTC `YYYY-MM-DD HH:MM:SS.ffffff`, empty for never. */
export interface AdminDetails extends AdminView {
  customerName: string | null;
  status: AdminStatus;
  twoFactor: boolean;
  /** Until when the link of an invitation works that was not accepted yet. */
  tmInvite: string;
  tmLastLogin: string;
  tmDisable: string;
  tmCreate: string;
  /** Whether the one who asks has all the rights of this admin, and so may change them. */
  manageable: boolean;
}

/** A one-time link. Its token is in this answer and nowhere else: only its hash is kept. */
export interface AdminLink {
  admin: AdminView;
  token: string;
  tmExpire: string;
}
