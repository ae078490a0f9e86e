"use client";

import { isSet } from "../lib/times";
import { trpc } from "../trpc";
import { EditKeyDialog } from "./edit-key-dialog";
import { RevokeKeyDialog } from "./revoke-key-dialog";
import { RotateKeyDialog } from "./rotate-key-dialog";
import type { MadeKey } from "./use-key-dialogs";

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
  onMade: (made: MadeKey) => void;
}) {
  const key = trpc.accessKey.get.useQuery({ id }, { retry: false }).data;
  if (key === undefined || isSet(key.tmDelete)) return null;
  const owner = { id: key.customerId, name: key.customer?.name ?? "", email: key.customer?.email ?? "" };
  return (
    <>
      <EditKeyDialog accessKey={key} open={dialog === "edit-key"} onClose={onClose} />
      <RotateKeyDialog
        accessKey={key}
        open={dialog === "rotate-key"}
        onClose={onClose}
        onMade={(made) => onMade({ made, owner })}
      />
      <RevokeKeyDialog accessKey={key} open={dialog === "revoke-key"} onClose={onClose} />
    </>
  );
}
