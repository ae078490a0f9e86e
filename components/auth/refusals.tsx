"use client";

import { CircleAlert } from "lucide-react";
import { TRPCClientError } from "@trpc/client";
import { useT } from "../i18n/provider";
import type { MessageKey, Translate } from "../i18n/translate";
import { Note } from "../ui/note";
import type { SignInRefusal } from "./session-api";

/** What went wrong, in words. */
export interface Refusal {
  key: MessageKey;
  /** For how long to wait. */
  minutes: number;
}

/** Whether an account exists is never said. */
const KEYS: Record<string, MessageKey> = {
  WRONG_CREDENTIALS: "auth.wrong",
  INVALID_INPUT: "auth.wrong",
  TOO_MANY_ATTEMPTS: "auth.tooMany",
  WRONG_CODE: "auth.wrongCode",
  WRONG_RECOVERY_CODE: "auth.wrongRecoveryCode",
  WRONG_PASSKEY: "auth.wrongPasskey",
  SIGN_IN_OVER: "auth.over",
  ACCOUNT_DISABLED: "auth.disabled",
  CUSTOMER_DELETED: "auth.customerDeleted",
};

export const toRefusal = ({ reason, retryAfter }: SignInRefusal): Refusal => ({
  key: KEYS[reason] ?? "auth.failed",
  minutes: Math.max(1, Math.ceil(retryAfter / 60)),
});

/** The same of what a procedure threw. */
export function refusalOf(error: unknown): Refusal {
  const data: unknown = error instanceof TRPCClientError ? error.data : null;
  const { reason, retryAfter } = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  return toRefusal({ reason: String(reason), retryAfter: Number(retryAfter) || 0 });
}

export const refusalText = (t: Translate, { key, minutes }: Refusal): string => t(key, { minutes });

/** What belongs to no field. */
export function RefusalNote({ refusal }: { refusal: Refusal | null }) {
  const t = useT();
  if (refusal === null) return null;
  return (
    <Note tone="bad" icon={CircleAlert} role="alert">
      <p>{refusalText(t, refusal)}</p>
    </Note>
  );
}
