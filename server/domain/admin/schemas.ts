import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
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
  valid: boolean;
}
