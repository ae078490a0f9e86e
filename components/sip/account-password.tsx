"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import type { AccountKind } from "./account";
import type { Setting } from "./settings";

/** A password to be shown. It is held in memory alone, and let go with its dialog: never in an address, a cache or a log. */
export interface ShownPassword {
  /** Whether it was just made, and is shown once, or somebody asked to see it. */
  as: "new" | "revealed";
  password: string;
  /** Whose it is. */
  name: string;
  /** What else a phone or a PBX is given. */
  settings: readonly Setting[];
}

// Loaded when there is a password to show.
const NewPasswordDialog = dynamic(() => import("./password-dialogs").then((module) => module.NewPasswordDialog), {
  ssr: false,
});
const RevealedPasswordDialog = dynamic(
  () => import("./password-dialogs").then((module) => module.RevealedPasswordDialog),
  { ssr: false },
);

/** Shows an account's password. @param children what else can be done with a new one */
export function AccountPassword({
  kind,
  shown,
  onClose,
  children,
}: {
  kind: AccountKind;
  shown: ShownPassword | null;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useT();
  const seen = useOnceOpen(shown !== null);
  if (!seen) return null;
  const name = shown?.name ?? "";
  return (
    <>
      <NewPasswordDialog
        made={
          shown?.as === "new"
            ? { ...shown, title: t(`${kind}s.madeTitle`, { name }), text: t(`${kind}s.madeText`) }
            : null
        }
        onClose={onClose}
      >
        {children}
      </NewPasswordDialog>
      <RevealedPasswordDialog
        made={
          shown?.as === "revealed"
            ? { ...shown, title: t(`${kind}s.revealedTitle`, { name }), text: t("sip.revealRecorded") }
            : null
        }
        onClose={onClose}
      />
    </>
  );
}
