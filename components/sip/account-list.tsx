"use client";

import { CalendarDays, Plus, Trash2 } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { UUID } from "@/db/uuid";
import { useCustomerField } from "../customers/customer-field";
import type { FilterField } from "../data-table/filter-field";
import { ListPage } from "../data-table/list-page";
import type { ListViewProps } from "../data-table/list-view";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useRight } from "../shell/session";
import { ButtonLink } from "../ui/button";
import type { IconShape } from "../ui/icon";
import { State } from "../ui/state";
import { accountsHref, type AccountKind } from "./account";

interface AccountRow {
  id: string;
  tmDelete: string;
}

interface Props<Row extends AccountRow> extends Pick<
  ListViewProps<Row>,
  "list" | "query" | "columns" | "noted" | "bulk"
> {
  kind: AccountKind;
  /** In place of an empty list. */
  icon: IconShape;
  /** What the address says, and the request that is made of it. */
  params: { view: "live" | "deleted"; customer: string };
  input: object;
  /** The name of the identifier in sorts. */
  identifier: string;
  /** Other ways to create accounts, before the one for a single one. */
  createMany: ReactNode;
  above?: ReactNode;
}

const idOf = ({ id }: AccountRow): string => id;
const stateOf = ({ tmDelete }: AccountRow): string | undefined => (isSet(tmDelete) ? "is-gone" : undefined);

/** The page that lists the accounts of a kind. */
export function AccountList<Row extends AccountRow>({
  kind,
  icon,
  params,
  input,
  identifier,
  createMany,
  ...rest
}: Props<Row>) {
  const t = useT();
  const mayCreate = useRight(`${kind}:create`);
  const mayExport = useRight(`${kind}:export`);
  const deleted = params.view === "deleted";
  const create = mayCreate && (
    <ButtonLink
      tone="primary"
      icon={Plus}
      href={`${accountsHref(kind)}/new${UUID.test(params.customer) ? `?customer=${params.customer}` : ""}`}
    >
      {t(`${kind}s.create`)}
    </ButtonLink>
  );
  return (
    <ListPage
      {...rest}
      title={t(`${kind}s.title`)}
      label={t(`${kind}s.title`)}
      caption={t(deleted ? `${kind}s.captionDeleted` : `${kind}s.caption`)}
      actions={
        mayCreate && (
          <>
            {createMany}
            {create}
          </>
        )
      }
      views={[
        { label: t("sip.viewLive"), query: "", current: !deleted },
        { label: t("sip.viewDeleted"), query: "?view=deleted", current: deleted },
      ]}
      counted={!deleted}
      search={t(`${kind}s.search`)}
      sorts={[
        { by: "tmCreate", direction: "desc", label: t(`${kind}s.sortNewest`) },
        { by: "tmCreate", direction: "asc", label: t(`${kind}s.sortOldest`) },
        { by: identifier, direction: "asc", label: t(`${kind}s.sortIdentifier`) },
        { by: identifier, direction: "desc", label: t(`${kind}s.sortIdentifierBack`) },
        { by: "name", direction: "asc", label: t(`${kind}s.sortName`) },
        { by: "name", direction: "desc", label: t(`${kind}s.sortNameBack`) },
      ]}
      rowId={idOf}
      rowState={stateOf}
      exports={mayExport ? { name: `${kind}s`, input } : null}
      skeletonRows={12}
      tall
      empty={
        deleted ? (
          <State icon={Trash2} title={t(`${kind}s.noneDeletedTitle`)} text={t(`${kind}s.noneDeletedText`)} />
        ) : (
          <State icon={icon} title={t(`${kind}s.noneTitle`)} text={t(`${kind}s.noneText`)}>
            {create !== false && <span className="row">{create}</span>}
          </State>
        )
      }
    />
  );
}

/** The filters of a list of accounts. @param name of the parameter that the identifier is in */
export function useAccountFields(kind: AccountKind, name: string, icon: IconShape): readonly FilterField[] {
  const t = useT();
  const customer = useCustomerField();
  return useMemo(
    () => [
      ...customer,
      { name, label: t(`${kind}s.identifierIs`), icon, placeholder: t(`${kind}s.identifierPlaceholder`) },
      { kind: "days", name: "created", label: t(`${kind}s.createdOn`), icon: CalendarDays },
    ],
    [customer, name, icon, kind, t],
  );
}
