"use client";

import { useT } from "../i18n/provider";
import type { Outputs } from "../trpc";
import { Card } from "../ui/card";
import { AlarmLines } from "./alarm-lines";
import { RegistrationStrip } from "./strip";
import { TimeLeft } from "./time-left";
import { UnknownNote } from "./unknown";

/** Who is registered with an extension: the phones now, the last 24 hours, alarms. */
export function RegistrationsCard({
  extension,
}: {
  extension: Pick<Outputs["extension"]["get"], "id" | "registrations">;
}) {
  const t = useT();
  const { registrations } = extension;
  return (
    <Card id="registrations" title={t("registrations.title")}>
      <AlarmLines extensionId={extension.id} />
      <div className="card__body stack">
        {registrations === null ? (
          <UnknownNote />
        ) : registrations.length === 0 ? (
          <p className="faint">{t("registrations.none")}</p>
        ) : (
          <ul className="phones">
            {registrations.map((phone) => (
              <li key={phone.id} className="phones__one">
                <div className="two">
                  <span>{phone.userAgent === "" ? t("registrations.noAgent") : phone.userAgent}</span>
                  <span title={phone.uri}>
                    <code>{phone.address}</code> {phone.transport.toUpperCase()}
                    {phone.node !== "" && ` · ${phone.node}`}
                  </span>
                </div>
                <span title={phone.tmExpire}>
                  {t("registrations.left")} <TimeLeft value={phone.tmExpire} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <RegistrationStrip extensionId={extension.id} />
      </div>
    </Card>
  );
}
