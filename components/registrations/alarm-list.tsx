"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useMemo } from "react";
import { useCustomerField } from "../customers/customer-field";
import { columnsOf, type Column } from "../data-table/features";
import { ListPage } from "../data-table/list-page";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useSession } from "../shell/session";
import { CustomerLink } from "../sip/customer-link";
import { trpc, type RegistrationAlarm } from "../trpc";
import { HoverLink } from "../ui/hover-link";
import { Nothing } from "../ui/nothing";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { AcknowledgeButton, AlarmKind } from "./alarm-lines";
import { alarmListParams, toAlarmListInput } from "./list-params";
import { useRegistrationViews } from "./views";

const idOf = ({ id }: RegistrationAlarm): string => id;

/** What somebody should look at: accounts in new networks, with new user agents, or held by two phones. */
export function AlarmList() {
  const t = useT();
  const { tenant } = useSession();
  const list = useList({
    name: "registration-alarms",
    path: "/sip/registrations",
    parsers: alarmListParams,
    fields: useCustomerField(),
  });
  const query = trpc.registration.alarms.useQuery(toAlarmListInput(list.params), { placeholderData: keepPreviousData });
  const acknowledged = list.params.view === "acknowledged";
  return (
    <ListPage
      list={list}
      query={query}
      title={t("registrations.title")}
      label={t("registrations.views.alarms")}
      caption={t("registrations.alarmCaption")}
      counted={false}
      views={useRegistrationViews(list.params.view)}
      columns={useAlarmColumns(tenant.all)}
      rowId={idOf}
      tall
      empty={
        <State
          icon={CircleCheck}
          title={t(acknowledged ? "registrations.noneAcknowledged" : "registrations.noAlarmsTitle")}
          text={t("registrations.noAlarmsText")}
        />
      }
    />
  );
}

function useAlarmColumns(withCustomer: boolean): Column<RegistrationAlarm>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<RegistrationAlarm>();
    const customer = column.display({
      id: "customer",
      meta: { label: t("registrations.customer"), width: "11rem", narrow: "card" },
      cell: ({ row: { original: each } }) =>
        each.customerId === null ? <Nothing /> : <CustomerLink id={each.customerId} name={each.customerName} />,
    });
    return column.columns([
      column.display({
        id: "extension",
        meta: { label: t("registrations.extension"), rowHead: true, width: "9rem" },
        cell: ({ row: { original: each } }) =>
          each.extensionId === null ? (
            <span className="trunc" title={each.endpointId}>
              {each.extension}
            </span>
          ) : (
            <HoverLink href={`/sip/extensions/${each.extensionId}`} className="trunc">
              {each.extension}
            </HoverLink>
          ),
      }),
      ...(withCustomer ? [customer] : []),
      column.display({
        id: "kind",
        meta: { label: t("registrations.kind"), width: "10rem" },
        cell: ({ row }) => <AlarmKind alarm={row.original} />,
      }),
      column.display({
        id: "what",
        meta: { label: t("registrations.what"), wholeLine: true, fills: true },
        cell: ({ row: { original: each } }) => (
          <span className="wrap">
            {t(`registrations.sentences.${each.kind}`, { before: each.before, after: each.after })}
          </span>
        ),
      }),
      column.display({
        id: "last",
        meta: { label: t("registrations.last"), width: "9rem", narrow: "card" },
        cell: ({ row: { original: each } }) => (
          <div className="two">
            <span>
              <Time value={each.tmLast} quiet />
            </span>
            <span>{t("registrations.times", { count: each.times })}</span>
          </div>
        ),
      }),
      column.display({
        id: "acknowledge",
        meta: { label: t("registrations.acknowledged"), width: "10.5rem" },
        cell: ({ row: { original: each } }) =>
          isSet(each.tmAcknowledge) ? (
            <div className="two">
              <span className="trunc">{each.acknowledgedBy}</span>
              <span>
                <Time value={each.tmAcknowledge} quiet />
              </span>
            </div>
          ) : (
            <AcknowledgeButton alarm={each} />
          ),
      }),
    ]) as Column<RegistrationAlarm>[];
  }, [t, withCustomer]);
}
