"use client";

import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { useDialog } from "../customers/use-dialog";
import { useLast, useOnceOpen } from "../lib/use-once-open";
import type { Outputs } from "../trpc";
import type { KeyDialog } from "./columns";

// Loaded when they are first opened.
const KeyDialogs = dynamic(() => import("./key-dialogs").then((module) => module.KeyDialogs), { ssr: false });
const TokenDialog = dynamic(() => import("./token-dialog").then((module) => module.TokenDialog), { ssr: false });

/** Whose key it is. */
export interface KeyOwner {
  id: string;
  name: string;
  email: string;
}

/** A key with its whole token, which is shown this once. */
export interface MadeKey {
  made: Outputs["accessKey"]["create"];
  owner: KeyOwner;
}

/** The dialogs about one key of a list, and the one that shows a new token. @param readOnly nothing can be changed */
export function useKeyDialogs(readOnly = false) {
  const dialog = useDialog();
  const openDialog = dialog.open;
  const onDialog = useCallback((name: KeyDialog, id: string) => openDialog(name, id), [openDialog]);
  // In memory alone, and gone with the dialog: never in an address, a cache or a log.
  const [made, setMade] = useState<MadeKey | null>(null);
  // The last one stays, so that its dialog can give focus back.
  const keyId = useLast(dialog.current?.key ?? null);
  const lastOwner = useLast(made?.owner ?? null);
  const madeSeen = useOnceOpen(made !== null);
  return {
    dialog,
    onDialog,
    setMade,
    element: (
      <>
        {keyId !== null && !readOnly && (
          <KeyDialogs dialog={dialog.current?.name ?? null} id={keyId} onClose={dialog.close} onMade={setMade} />
        )}
        {madeSeen && lastOwner !== null && (
          <TokenDialog made={made?.made ?? null} customer={lastOwner} onClose={() => setMade(null)} />
        )}
      </>
    ),
  };
}
