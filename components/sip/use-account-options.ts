"use client";

import { useIdempotency } from "../lib/idempotency";
import { trpc } from "../trpc";
import type { AccountKind } from "./account";

/**
 * Options for mutations of accounts: what is sent again takes effect once, everything about accounts of the kind is read
 * again, and answers with passwords are kept in no cache.
 */
export function useAccountOptions(kind: AccountKind) {
  const utils = trpc.useUtils();
  return { ...useIdempotency(), gcTime: 0, onSuccess: () => void utils[kind].invalidate() };
}
