"use client";

import { useT } from "../i18n/provider";
import { useLast } from "../lib/use-once-open";
import type { Outputs } from "../trpc";
import { ShownOnceDialog } from "../ui/shown-once";
import { Time } from "../ui/time";
import { adminName } from "./names";

type MadeLink = Outputs["admin"]["invite"];

/** The one time that a one-time link is shown. There is no mailer: whoever made it hands it over. */
export function LinkDialog({
  made,
  purpose,
  onClose,
}: {
  made: MadeLink | null;
  purpose: "invite" | "reset";
  onClose: () => void;
}) {
  const t = useT();
  const last = useLast(made);
  const link = made === null ? "" : `${window.location.origin}/setup?token=${made.token}`;
  return (
    <ShownOnceDialog
      open={made !== null}
      onClose={onClose}
      title={last === null ? "" : t(`admins.link.${purpose}Title`, { name: adminName(last.admin) })}
      description={t(`admins.link.${purpose}Text`)}
      text={link}
      name={t("admins.link.name")}
      copy={t("admins.link.copy")}
      stored={t("admins.link.stored")}
      storeFirst={t("admins.link.storeFirst")}
    >
      {made !== null && (
        <dl className="dl dl--tight">
          <dt>{t("admins.link.for")}</dt>
          <dd>{made.admin.email}</dd>
          <dt>{t("admins.link.expires")}</dt>
          <dd>
            <Time value={made.tmExpire} />
          </dd>
        </dl>
      )}
    </ShownOnceDialog>
  );
}
