"use client";

import { useEffect } from "react";
import { useT } from "../i18n/provider";
import { UnknownNote } from "../registrations/unknown";
import { AccountDialogs } from "../sip/account-dialogs";
import type { AccountDialogProps } from "../sip/account-page";
import { trpc, type ExtensionDetails } from "../trpc";
import { accountOf } from "./account";
import { Phones, type Registration } from "./phones";
import { toShownPassword } from "./settings";

/** The questions before something is done to an extension. Phones that are registered are counted when one opens. */
export function ExtensionDialogs({
  extension,
  dialog,
  onClose,
  onPassword,
}: AccountDialogProps & { extension: ExtensionDetails }) {
  const t = useT();
  const utils = trpc.useUtils();
  const { id, registrations } = extension;
  useEffect(() => {
    if (dialog === "delete" || dialog === "rotate") void utils.extension.get.invalidate({ id });
  }, [dialog, utils, id]);
  return (
    <AccountDialogs
      account={accountOf(extension)}
      procedures={trpc.extension}
      dialog={dialog}
      onClose={onClose}
      onMade={(made, as) => onPassword(toShownPassword(made, as, t))}
      rotateNote={
        <>
          {registrations === null && <UnknownNote />}
          {registrations !== null && registrations.length > 0 && (
            <Registered
              text={t("extensions.rotatePhones", { count: registrations.length })}
              registrations={registrations}
            />
          )}
        </>
      }
      deleteNote={
        registrations === null ? (
          <UnknownNote />
        ) : registrations.length > 0 ? (
          <Registered
            text={t("extensions.deletePhones", { count: registrations.length })}
            registrations={registrations}
          />
        ) : (
          <p className="muted">{t("extensions.deleteNoPhones")}</p>
        )
      }
      // Where it is not known who is registered, somebody may be cut off.
      unnoticed={registrations?.length === 0}
    />
  );
}

function Registered({ text, registrations }: { text: string; registrations: readonly Registration[] }) {
  return (
    <div className="stack stack--sm">
      <p className="strong">{text}</p>
      <div className="boxed">
        <Phones registrations={registrations} />
      </div>
    </div>
  );
}
