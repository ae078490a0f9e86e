"use client";

import { Download } from "lucide-react";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import { download } from "../lib/download";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
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
  const take = trpc.job.takeOnceFile.useMutation();
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t("sipBulk.once.takeTitle")}
      text={t("sipBulk.once.takeText")}
      submit={t("sipBulk.once.take")}
      onSubmit={async () => {
        onTaken(await take.mutateAsync({ id: jobId }));
        take.reset(); // the passwords are kept by the dialog that shows them, and by nothing else
      }}
    />
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
            <Button tone="primary" size="lg" icon={Download} onClick={() => download(name, "text/csv", csv)}>
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
