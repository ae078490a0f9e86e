"use client";

import { TriangleAlert } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "../ui/toast";
import { FormFailure } from "../forms/form-failure";
import { useIdempotency } from "../forms/use-form-submit";
import { Rich, useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { isSet } from "../lib/times";
import { trpc, type AccessKey } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Note } from "../ui/note";
import { Time, useNow, withinDays } from "../ui/time";
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
  const idempotency = useIdempotency();
  const keep = useRef<HTMLButtonElement>(null);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const revoke = trpc.accessKey.revoke.useMutation({ trpc: { context: idempotency.context } });
  const recent = isSet(accessKey.tmUsed) && withinDays(accessKey.tmUsed, RECENT_DAYS, now);
  const submit = async () => {
    if (revoke.isPending) return;
    idempotency.prepare({ id: accessKey.id });
    setFailure(null);
    try {
      await revoke.mutateAsync({ id: accessKey.id });
      idempotency.done();
      onClose();
      toast(t("keys.revokedToast", { name: keyName(accessKey) }));
      await utils.accessKey.invalidate();
    } catch (error) {
      setFailure(describeFailure(error, t));
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      role="alertdialog"
      initialFocus={keep}
      title={t("keys.revokeTitle", { name: keyName(accessKey) })}
      description={t("keys.revokeText")}
    >
      <div className="dialog__body">
        <FormFailure failure={failure} />
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
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("keys.keep")}
        </Button>
        <Button tone="danger" busy={revoke.isPending} onClick={() => void submit()}>
          {t("keys.revoke")}
        </Button>
      </div>
    </Dialog>
  );
}
