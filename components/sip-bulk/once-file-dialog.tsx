"use client";

import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { FormFailure } from "../forms/form-failure";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ShownOnceDialog } from "../ui/shown-once";
import type { OnceFile } from "./once-file-card";

/** Asks whether the file has a place to go, since it is fetched once. */
export function TakeDialog({
  jobId,
  open,
  onClose,
  onTaken,
}: {
  jobId: string;
  open: boolean;
  onClose: () => void;
  onTaken: (file: OnceFile) => void;
}) {
  const t = useT();
  const keep = useRef<HTMLButtonElement>(null);
  const take = trpc.job.takeOnceFile.useMutation();
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const onTake = async () => {
    setFailure(null);
    try {
      onTaken(await take.mutateAsync({ id: jobId }));
      take.reset(); // the passwords are kept by the dialog that shows them, and by nothing else
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
      title={t("sipBulk.once.takeTitle")}
      description={t("sipBulk.once.takeText")}
    >
      <div className="dialog__body">
        <FormFailure failure={failure} />
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button tone="primary" busy={take.isPending} onClick={() => void onTake()}>
          {t("sipBulk.once.take")}
        </Button>
      </div>
    </Dialog>
  );
}

/** The one time that the passwords are at hand: to be downloaded or copied. */
export function OnceFileDialog({ file, onClose }: { file: OnceFile | null; onClose: () => void }) {
  const t = useT();
  const { name, rows, csv } = file ?? { name: "", rows: 0, csv: "" };
  return (
    <ShownOnceDialog
      open={file !== null}
      onClose={onClose}
      title={t("sipBulk.once.fileTitle", { count: rows })}
      description={t("sipBulk.once.fileText")}
      text={csv}
      name={t("sipBulk.once.file")}
      copy={t("sipBulk.once.copy")}
      quietCopy
      stored={t("sipBulk.once.stored")}
      storeFirst={t("sipBulk.once.storeFirst")}
      show={(copyButton) => (
        <div className="stack stack--sm">
          <div className="row">
            <Button tone="primary" size="lg" icon={Download} onClick={() => download(name, csv)}>
              {t("sipBulk.once.download")}
            </Button>
            {copyButton}
          </div>
          <p className="muted small wrap">{name}</p>
        </div>
      )}
    />
  );
}

function download(name: string, csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
