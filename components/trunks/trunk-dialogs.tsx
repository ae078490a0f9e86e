"use client";

import { useT } from "../i18n/provider";
import { AccountDialogs } from "../sip/account-dialogs";
import type { AccountDialogProps } from "../sip/account-page";
import { trpc, type TrunkDetails } from "../trpc";
import { toast } from "../ui/toast";
import { accountOf } from "./account";
import { trunkName } from "./names";
import { toShownPassword } from "./settings";
import { AuthTypes } from "./trunk-status";

/** The questions before something is done to a trunk. */
export function TrunkDialogs({ trunk, dialog, onClose, onPassword }: AccountDialogProps & { trunk: TrunkDetails }) {
  const t = useT();
  return (
    <AccountDialogs
      account={accountOf(trunk)}
      procedures={trpc.trunk}
      dialog={dialog}
      onClose={onClose}
      onMade={(made, as) => {
        if (made.trunk.authTypes.includes("basic")) onPassword(toShownPassword(made, as, t));
        else toast(t("trunks.restoredToast", { name: trunkName(made.trunk) }));
      }}
      deleteNote={
        <p className="row">
          {t("trunks.authTypes")} <AuthTypes authTypes={trunk.authTypes} />
        </p>
      }
    />
  );
}
