"use client";

import { Download } from "lucide-react";
import { useT } from "../i18n/provider";
import { download } from "../lib/download";
import { Button } from "../ui/button";
import { ShownOnceDialog } from "../ui/shown-once";

/** The one time that recovery codes are shown. */
export function RecoveryCodesDialog({
  open,
  codes,
  email,
  onClose,
}: {
  open: boolean;
  codes: readonly string[];
  email: string;
  onClose: () => void;
}) {
  const t = useT();
  const text = codes.join("\n");
  return (
    <ShownOnceDialog
      open={open}
      onClose={onClose}
      title={t("account.codesTitle")}
      description={t("account.codesOnce")}
      text={text}
      name={t("account.recoveryCodes")}
      copy={t("account.copyCodes")}
      stored={t("account.codesStored")}
      storeFirst={t("account.codesStoreFirst")}
      show={(copyButton) => (
        <>
          <ol className="codes" aria-label={t("account.recoveryCodes")}>
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ol>
          <div className="row">
            {copyButton}
            <Button
              size="lg"
              icon={Download}
              onClick={() =>
                download(
                  "voipbin-admin-recovery-codes.txt",
                  "text/plain",
                  `${t("account.codesFile", { email })}\n\n${text}\n`,
                )
              }
            >
              {t("account.download")}
            </Button>
          </div>
        </>
      )}
    />
  );
}
