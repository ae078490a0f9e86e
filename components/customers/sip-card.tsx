"use client";

import { Network, Phone, Plus } from "lucide-react";
import { useI18n, useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useRight } from "../shell/session";
import { trpc, type CustomerDetails } from "../trpc";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { FailedState } from "../ui/failed-state";
import { HoverLink } from "../ui/hover-link";
import { Icon, type IconShape } from "../ui/icon";

/** How many phones' accounts and trunks a customer has, and the ways to them. */
export function SipCard({ customer: { id, tmDelete } }: { customer: CustomerDetails }) {
  const t = useT();
  const mayExtensions = useRight("extension:read");
  const mayTrunks = useRight("trunk:read");
  const live = !isSet(tmDelete);
  const mayCreateExtension = useRight("extension:create") && live;
  const mayCreateTrunk = useRight("trunk:create") && live;
  const input = { filter: { customerId: id, deleted: false }, size: 1 };
  const extensions = trpc.extension.list.useQuery(input, { enabled: mayExtensions });
  const trunks = trpc.trunk.list.useQuery(input, { enabled: mayTrunks });
  if (!mayExtensions && !mayTrunks) return null;
  const failed = [extensions, trunks].find(({ isError }) => isError);
  return (
    <Card
      id="sip"
      title={t("customers.sip")}
      aside={
        <>
          {mayCreateExtension && (
            <ButtonLink size="sm" icon={Plus} href={`/sip/extensions/new?customer=${id}`}>
              {t("customers.addExtension")}
            </ButtonLink>
          )}
          {mayCreateTrunk && (
            <ButtonLink size="sm" icon={Plus} href={`/sip/trunks/new?customer=${id}`}>
              {t("customers.addTrunk")}
            </ButtonLink>
          )}
        </>
      }
    >
      {failed !== undefined ? (
        <FailedState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <ul className="list">
          {mayExtensions && (
            <Line
              icon={Phone}
              label={t("extensions.title")}
              href={`/sip/extensions?customer=${id}`}
              total={extensions.data?.total}
            />
          )}
          {mayTrunks && (
            <Line
              icon={Network}
              label={t("trunks.title")}
              href={`/sip/trunks?customer=${id}`}
              total={trunks.data?.total}
            />
          )}
        </ul>
      )}
    </Card>
  );
}

function Line({
  icon,
  label,
  href,
  total,
}: {
  icon: IconShape;
  label: string;
  href: string;
  total: { count: number; estimated: boolean } | undefined;
}) {
  const { t, number } = useI18n();
  return (
    <li>
      <HoverLink className="list__row" href={href}>
        <Icon of={icon} tone="idle" />
        <span className="list__title">{label}</span>
        <span className="list__end">
          {total === undefined ? (
            <span className="sk sk--count" aria-hidden />
          ) : (
            t(total.estimated ? "list.moreThan" : "list.exactly", {
              count: number(total.count),
            })
          )}
        </span>
      </HoverLink>
    </li>
  );
}
