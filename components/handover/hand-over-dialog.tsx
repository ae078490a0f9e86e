"use client";

import { Info } from "lucide-react";
import { useState } from "react";
import { FormFailure } from "../forms/form-failure";
import { useAttempt } from "../forms/use-attempt";
import { Rich, useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Note } from "../ui/note";
import { Switch } from "../ui/switch";
import { Time } from "../ui/time";
import { HandOverStatus, useUse } from "./hand-over-status";
import { OneTimeAddress } from "./one-time-address";

export type NewHandover = Outputs["handover"]["create"];
export interface HandedOver {
  id: string;
  extension: string;
}

interface Props {
  extension: HandedOver;
  open: boolean;
  onClose: () => void;
}

/** A one-time link for a phone, and what becomes of it while the dialog is open. */
export function HandOverDialog({ extension, open, onClose }: Props) {
  const t = useT();
  return (
    <Dialog
      open={open}
      wide
      onClose={onClose}
      title={t("handover.title", { extension: extension.extension })}
      description={t("handover.text")}
    >
      {/* The link is in memory alone, and gone with the dialog. */}
      {open && <Content extension={extension} onClose={onClose} />}
    </Dialog>
  );
}

function Content({ extension, onClose }: Pick<Props, "extension" | "onClose">) {
  const t = useT();
  const utils = trpc.useUtils();
  const [renew, setRenew] = useState(false);
  const [made, setMade] = useState<NewHandover | null>(null);
  const { attempt, failure } = useAttempt();
  const create = trpc.handover.create.useMutation({ ...useIdempotency(), gcTime: 0 });
  const withdraw = trpc.handover.withdraw.useMutation();
  const latest = trpc.handover.get.useQuery({ id: extension.id }).data ?? null;
  const known = made !== null && latest?.id === made.handover.id ? latest : (made?.handover ?? null);
  // A newer one than that of this dialog: somebody else has replaced it.
  const replaced = made !== null && latest !== null && latest.tmCreate > made.handover.tmCreate;
  const handover = known !== null && replaced && known.state === "open" ? { ...known, state: "ended" as const } : known;

  const readAgain = () => utils.handover.get.invalidate({ id: extension.id });
  const make = async () => {
    setMade(await create.mutateAsync({ id: extension.id, renew }));
    await readAgain();
  };
  const end = async () => {
    await withdraw.mutateAsync({ id: extension.id });
    await readAgain();
  };

  return (
    <>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {made === null || handover === null ? (
          <>
            <Earlier latest={latest} />
            <Switch label={t("handover.renew")} hint={t("handover.renewHint")} checked={renew} onChange={setRenew} />
          </>
        ) : (
          <>
            {handover.state === "open" && <OneTimeAddress made={made} />}
            <HandOverStatus key={handover.id} handover={handover} />
          </>
        )}
      </div>
      <div className="dialog__foot">
        {handover?.state === "open" && (
          <Button className="push-end" busy={withdraw.isPending} onClick={() => void attempt(end)}>
            {t("handover.end")}
          </Button>
        )}
        <Button onClick={onClose}>{t(made === null ? "common.cancel" : "common.done")}</Button>
        {handover?.state !== "open" && (
          <Button tone="primary" busy={create.isPending} onClick={() => void attempt(make)}>
            {t(made === null ? "handover.make" : "handover.another")}
          </Button>
        )}
      </div>
    </>
  );
}

/** What became of the link before. */
function Earlier({ latest }: { latest: Outputs["handover"]["get"] }) {
  const use = useUse(latest?.use ?? null);
  if (latest?.state === "open")
    return (
      <Note icon={Info}>
        <p>
          <Rich id="handover.earlier.open" parts={{ when: <Time value={latest.tmCreate} quiet /> }} />
        </p>
      </Note>
    );
  if (use === null) return null;
  return (
    <Note icon={Info}>
      <p>
        <Rich id="handover.earlier.used" parts={use} />
      </p>
    </Note>
  );
}
