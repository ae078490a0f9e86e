"use client";

import { Smartphone } from "lucide-react";
import { Rich, useT } from "../i18n/provider";
import { isBlank } from "../lib/keys";
import type { Extension } from "../trpc";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";

export type Registration = NonNullable<Extension["registrations"]>[number];

/** What a phone says it is. */
export function useAgentName(): (registration: Registration) => string {
  const t = useT();
  return ({ userAgent }) => (isBlank(userAgent) ? t("extensions.unknownAgent") : userAgent);
}

/** The phones that are registered now, a line for each. */
export function Phones({ registrations }: { registrations: readonly Registration[] }) {
  const t = useT();
  const agentName = useAgentName();
  return (
    <ul className="list">
      {registrations.map((registration) => (
        <li key={registration.id} className="list__row">
          <Icon of={Smartphone} tone="ok" />
          <span className="list__text">
            <b className="strong">{agentName(registration)}</b>
            <br />
            <span className="mono small">
              {t("extensions.via", {
                address: registration.address,
                transport: registration.transport.toUpperCase(),
              })}
            </span>
          </span>
          <span className="list__end">
            <Rich id="extensions.expires" parts={{ when: <Time value={registration.tmExpire} quiet /> }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
