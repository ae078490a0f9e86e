"use client";

import { BesideActivity } from "../audit/beside-activity";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { RegistrationsCard } from "../registrations/registrations-card";
import { AccountSettings } from "../sip/account-settings";
import { SettingRows } from "../sip/settings";
import type { ExtensionDetails } from "../trpc";
import { accountOf } from "./account";
import { phoneSettings } from "./settings";

/** What a phone is given, which phones are registered, and what happened to the extension lately. */
export function ExtensionOverview({ extension }: { extension: ExtensionDetails }) {
  const t = useT();
  return (
    <BesideActivity of={{ resourceId: extension.id }}>
      {!isSet(extension.tmDelete) && <RegistrationsCard extension={extension} />}
      <AccountSettings account={accountOf(extension)} record={extension}>
        <SettingRows settings={phoneSettings(extension, t)} />
      </AccountSettings>
    </BesideActivity>
  );
}
