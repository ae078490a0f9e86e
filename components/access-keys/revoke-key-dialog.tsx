"use client";

import { TriangleAlert } from "lucide-react";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { Rich, useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { isSet } from "../lib/times";
import { trpc, type AccessKey } from "../trpc";
import { Note } from "../ui/note";
import { Time, useNow, withinDays } from "../ui/time";
import { toast } from "../ui/toast";
import { keyName } from "./columns";

interface Props {
  accessKey: AccessKey;
  open: boolean;
  onClose: () => void;
}

const RECENT_DAYS = 7;

/** Revoking cannot be undone, so it says who would notice. */
export function RevokeKeyDialog({ accessKey, open, onClose }: Props) {
  const t = useT();
  const now = useNow();
  const utils = trpc.useUtils();
  const revoke = trpc.accessKey.revoke.useMutation(useIdempotency());
  const recent = isSet(accessKey.tmUsed) && withinDays(accessKey.tmUsed, RECENT_DAYS, now);
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t("keys.revokeTitle", { name: keyName(accessKey) })}
      text={t("keys.revokeText")}
      submit={t("keys.revoke")}
      danger
      keep={t("keys.keep")}
      onSubmit={async () => {
        await revoke.mutateAsync({ id: accessKey.id });
        onClose();
        toast(t("keys.revokedToast", { name: keyName(accessKey) }));
        await utils.accessKey.invalidate();
      }}
    >
      {recent ? (
        <Note tone="warn" icon={TriangleAlert}>
          <p>
            <Rich
              id={accessKey.usedIp === "" ? "keys.usedRecently" : "keys.usedRecentlyFrom"}
              parts={{ when: <Time value={accessKey.tmUsed} quiet />, ip: <code>{accessKey.usedIp}</code> }}
            />
          </p>
          {accessKey.usedAgent !== "" && <p className="small wrap">{accessKey.usedAgent}</p>}
        </Note>
      ) : (
        <p className="muted">{isSet(accessKey.tmUsed) ? t("keys.unusedLately") : t("keys.neverUsed")}</p>
      )}
    </ConfirmDialog>
  );
}
