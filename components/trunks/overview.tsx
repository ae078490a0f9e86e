"use client";

import { BesideActivity } from "../audit/beside-activity";
import { useT } from "../i18n/provider";
import { AccountSettings } from "../sip/account-settings";
import { SettingRows } from "../sip/settings";
import type { TrunkDetails } from "../trpc";
import { Card } from "../ui/card";
import { CopyButton } from "../ui/copy";
import { accountOf } from "./account";
import { pbxSettings } from "./settings";
import { AuthTypes } from "./trunk-status";

/** What a PBX is given, from where it may call, and what happened to the trunk lately. */
export function TrunkOverview({ trunk }: { trunk: TrunkDetails }) {
  const t = useT();
  return (
    <BesideActivity of={{ resourceId: trunk.id }}>
      <AccountSettings account={accountOf(trunk)} record={trunk}>
        <dt>{t("trunks.authTypes")}</dt>
        <dd>
          <AuthTypes authTypes={trunk.authTypes} />
        </dd>
        <SettingRows settings={pbxSettings(trunk, t)} />
      </AccountSettings>
      <Addresses trunk={trunk} />
    </BesideActivity>
  );
}

function Addresses({ trunk: { allowedIps, authTypes } }: { trunk: TrunkDetails }) {
  const t = useT();
  if (allowedIps.length === 0 && !authTypes.includes("ip")) return null;
  return (
    <Card
      id="addresses"
      title={t("trunks.addresses")}
      count={allowedIps.length}
      aside={<CopyButton text={allowedIps.join("\n")} what={t("trunks.addresses")} />}
    >
      <div className="card__body stack stack--sm">
        {!authTypes.includes("ip") && <p className="muted small">{t("trunks.addressesUnused")}</p>}
        <ul className="addresses">
          {allowedIps.map((address) => (
            <li key={address}>
              <code>{address}</code>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
