import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
import { ROLES } from "@/server/kernel/permissions";
import { isEmail } from "../customer/schemas";
import { PASSWORD_LEAST, PASSWORD_MOST } from "./limits";

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

/** The token of a sign-in that has begun. */
const signInToken = z.string().min(1).max(100);
/** What browsers and authenticators send as base64url. */
const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/);

/** What an authenticator signed (WebAuthn `AuthenticationResponseJSON`). */
export const passkeyAssertionInput = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).optional(),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(2_000),
    userHandle: base64url(100).optional(),
  }),
});
export type PasskeyAssertion = z.output<typeof passkeyAssertionInput>;

/** What an authenticator made (WebAuthn `RegistrationResponseJSON`). */
export const newPasskeyInput = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).optional(),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(20_000),
    transports: z
      .array(z.string().regex(/^[\w-]{1,20}$/))
      .max(10)
      .optional(),
  }),
});
export type NewPasskey = z.output<typeof newPasskeyInput>;

/** Six digits, however they are grouped. */
const code = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, { error: "Enter the six digits that the app shows." }));
const recoveryCode = z.string().trim().min(1, { error: "Enter one of your recovery codes." }).max(50);

export const passkeyOptionsInput = z.object({ token: signInToken.optional() });
export type PasskeyOptionsInput = z.input<typeof passkeyOptionsInput>;

/** The second step: nothing where the password was enough, else one of the three. */
export const finishSignInInput = z.object({
  token: signInToken,
  code: code.optional(),
  recoveryCode: recoveryCode.optional(),
  passkey: passkeyAssertionInput.optional(),
});
export type FinishSignInInput = z.input<typeof finishSignInInput>;

/** One of three ways to prove again who one is. */
export const confirmInput = z.object({
  password: z.string().min(1, { error: "Enter your password." }).max(1_000).optional(),
  code: code.optional(),
  passkey: passkeyAssertionInput.optional(),
});
export type ConfirmInput = z.input<typeof confirmInput>;

const ownName = z.string().trim().min(1, { error: "Enter your name." }).max(255);
export const renameInput = z.object({ name: ownName });
export type RenameInput = z.input<typeof renameInput>;
export const changePasswordInput = z.object({ password });
export type ChangePasswordInput = z.input<typeof changePasswordInput>;
export const confirmTotpInput = z.object({ code });
export type ConfirmTotpInput = z.input<typeof confirmTotpInput>;

const passkeyName = z.string().trim().min(1, { error: "Give it a name." }).max(100);
export const addPasskeyInput = z.object({ name: passkeyName, passkey: newPasskeyInput });
export type AddPasskeyInput = z.input<typeof addPasskeyInput>;
export const renamePasskeyInput = z.object({ id: idInput, name: passkeyName });
export type RenamePasskeyInput = z.input<typeof renamePasskeyInput>;
export const passkeyIdInput = z.object({ id: idInput });
export type PasskeyIdInput = z.input<typeof passkeyIdInput>;

export const endSessionsInput = z.object({ keepThis: z.boolean() });
export type EndSessionsInput = z.input<typeof endSessionsInput>;

export const linkInput = z.object({ token: z.string().min(1).max(200) });
export type LinkInput = z.input<typeof linkInput>;

export const acceptLinkInput = z.object({
  token: z.string().min(1).max(200),
  name: ownName,
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

/** How the second step of a sign-in can be done. */
export type SecondStep = "code" | "passkey" | "recovery-code";

/** A sign-in whose password was right. */
export interface BegunSignIn {
  /** For the second step, and good for five minutes. */
  token: string;
  /** What there is to choose from; empty where the password is enough. */
  steps: SecondStep[];
}

/** One's own account: everything but its secrets. */
export interface AccountView extends AdminView {
  /** Until when changes of the account are allowed without proving again who one is; empty when they are not. */
  confirmedUntil: string;
  /** Since when an authenticator app gives the codes; empty for none. */
  tmTotp: string;
  recoveryCodesLeft: number;
  passkeys: PasskeyView[];
}

export interface PasskeyView {
  id: string;
  name: string;
  /** Kept in sync between devices. */
  synced: boolean;
  tmCreate: string;
  tmLastUse: string;
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
