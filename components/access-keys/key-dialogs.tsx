"use client";

import { isSet } from "../lib/times";
import { trpc, type Outputs } from "../trpc";
import { EditKeyDialog } from "./edit-key-dialog";
import { RevokeKeyDialog } from "./revoke-key-dialog";
import { RotateKeyDialog } from "./rotate-key-dialog";

/** The dialogs about one key; its record is read anew, since a link may have led here. */
export function KeyDialogs({
  dialog,
  id,
  onClose,
  onMade,
}: {
  dialog: string | null;
  id: string;
  onClose: () => void;
  onMade: (made: Outputs["accessKey"]["rotate"]) => void;
}) {
  const key = trpc.accessKey.get.useQuery({ id }, { retry: false }).data;
  if (key === undefined || isSet(key.tmDelete)) return null;
  return (
    <>
      <EditKeyDialog accessKey={key} open={dialog === "edit-key"} onClose={onClose} />
      <RotateKeyDialog accessKey={key} open={dialog === "rotate-key"} onClose={onClose} onMade={onMade} />
      <RevokeKeyDialog accessKey={key} open={dialog === "revoke-key"} onClose={onClose} />
    </>
  );
}
