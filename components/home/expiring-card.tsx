"use client";

import { CircleCheck, KeyRound, RefreshCw } from "lucide-react";
import { keyName } from "../access-keys/columns";
import { customerName } from "../customers/customer-name";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc } from "../trpc";
import { ButtonLink } from "../ui/button";
import { HoverLink } from "../ui/hover-link";
import { Icon } from "../ui/icon";
import { Loaded } from "../ui/loaded";
import { State } from "../ui/state";
import { Time, useNow, withinDays } from "../ui/time";
import { HomeCard } from "./home-card";
import { EXPIRING_INPUT } from "./inputs";

const URGENT_DAYS = 7;

/** Keys that stop working soon, and the way to a new token for each. */
export function ExpiringCard() {
  const t = useT();
  const now = useNow();
  const mayRotate = useRight("access-key:rotate");
  const query = trpc.accessKey.list.useQuery(EXPIRING_INPUT);
  return (
    <HomeCard id="expiring" title={t("home.expiring")} href="/access-keys?view=expiring" className="col-5">
      <Loaded query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <State icon={CircleCheck} title={t("keys.empty.expiringTitle")} text={t("keys.empty.expiringText")} />
          ) : (
            <ul className="list">
              {items.map((key) => (
                <li className="list__row" key={key.id}>
                  <Icon of={KeyRound} tone={withinDays(key.tmExpire, URGENT_DAYS, now) ? "warn" : "idle"} />
                  <span className="two">
                    <HoverLink className="list__title trunc" href={`/access-keys?view=expiring&q=${key.id}`}>
                      {keyName(key)}
                    </HoverLink>
                    <span className="trunc">
                      {key.customer === null ? "" : `${customerName(key.customer)} · `}
                      <Time value={key.tmExpire} quiet />
                    </span>
                  </span>
                  {mayRotate && (
                    <span className="list__end">
                      <ButtonLink
                        size="sm"
                        icon={RefreshCw}
                        href={`/access-keys?view=expiring&dialog=rotate-key&key=${key.id}`}
                        aria-label={t("home.rotateNamed", { name: keyName(key) })}
                      >
                        {t("keys.rotateMenu")}
                      </ButtonLink>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </HomeCard>
  );
}
