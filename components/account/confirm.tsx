"use client";

import dynamic from "next/dynamic";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { TRPCClientError } from "@trpc/client";
import { useOnceOpen } from "../lib/use-once-open";
import { parseTime } from "../lib/times";
import { trpc, type Failure } from "../trpc";

const ConfirmIdentityDialog = dynamic(
  () => import("./confirm-identity-dialog").then((module) => module.ConfirmIdentityDialog),
  { ssr: false },
);

/** Seconds before its end from which a confirmation counts as over: what follows takes a moment. */
const MARGIN_MS = 30_000;

/**
 * Does something once the person has proved again who he is; at once where that was minutes ago.
 * @param anew also where it was minutes ago
 */
type Confirm = (then: () => void, anew?: boolean) => void;

const Context = createContext<Confirm>((then) => then());
export const useConfirm = (): Confirm => useContext(Context);

/** Whether the server wants the person to prove first who he is. */
export const wantsConfirmation = (error: unknown): boolean =>
  error instanceof TRPCClientError && (error as Failure).data?.reason === "CONFIRM_FIRST";

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const utils = trpc.useUtils();
  const [pending, setPending] = useState<{ then: () => void } | null>(null);
  const seen = useOnceOpen(pending !== null);
  const confirm = useCallback<Confirm>(
    (then, anew = false) => {
      const until = utils.account.get.getData()?.confirmedUntil ?? "";
      if (!anew && until !== "" && parseTime(until) - MARGIN_MS > Date.now()) then();
      else setPending({ then });
    },
    [utils],
  );
  const close = useCallback(() => setPending(null), []);
  const confirmed = useCallback(
    (confirmedUntil: string) => {
      utils.account.get.setData(undefined, (account) => account && { ...account, confirmedUntil });
      setPending(null);
      pending?.then();
    },
    [utils, pending],
  );
  return (
    <Context value={useMemo(() => confirm, [confirm])}>
      {children}
      {seen && <ConfirmIdentityDialog open={pending !== null} onClose={close} onConfirmed={confirmed} />}
    </Context>
  );
}
