"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Info, KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { customerPageHref, customerPageParams } from "../customers/customer-params";
import { customerName } from "../customers/customer-name";
import { ColumnsMenu } from "../data-table/columns-menu";
import { DataTable } from "../data-table/data-table";
import { ExportLink } from "../data-table/export-link";
import { Pager } from "../data-table/pager";
import { SelectionBar } from "../data-table/selection-bar";
import { useBulk } from "../data-table/use-bulk";
import { useSelection } from "../data-table/use-selection";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useOnceOpen } from "../lib/use-once-open";
import { useRight } from "../shell/session";
import { trpc, type CustomerDetails } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { Segmented } from "../ui/segmented";
import { FailedState } from "../ui/failed-state";
import { State } from "../ui/state";
import { useKeyBulk } from "./bulk";
import { keyName, useAccessKeyColumns } from "./columns";
import { customerOrder, KEY_SORTS, toAccessKeyListInput } from "./list-input";
import { useKeyDialogs } from "./use-key-dialogs";

const NO_SORTS: readonly never[] = [];

// Loaded when it is first opened.
const CreateKeyDialog = dynamic(() => import("./create-key-dialog").then((module) => module.CreateKeyDialog), {
  ssr: false,
});

/** A customer's access keys, and all that can be done with them. */
export function AccessKeys({ customer }: { customer: CustomerDetails }) {
  const t = useT();
  const [params, setParams] = useQueryStates(customerPageParams, { history: "push" });
  const gone = isSet(customer.tmDelete);
  const mayCreate = useRight("access-key:create") && !gone;
  const input = toAccessKeyListInput(customer.id, params);
  const list = trpc.accessKey.list.useQuery(input, {
    placeholderData: keepPreviousData,
  });
  const { dialog, onDialog, setMade, element } = useKeyDialogs(gone);
  const order = customerOrder(params);
  const sorts = params.revoked ? NO_SORTS : KEY_SORTS;
  const columns = useAccessKeyColumns({ onDialog, readOnly: gone, sorts });
  const createSeen = useOnceOpen(dialog.current?.name === "create-key");
  const open = () => dialog.open("create-key");
  const href = (cursor: string) =>
    `/customers/${customer.id}${customerPageHref({ ...params, tab: "access-keys", cursor })}`;
  const data = list.data;
  const bulk = useBulk(useKeyBulk(gone || params.revoked), input.filter ?? {});
  const ids = useMemo(() => (data?.items ?? []).map(({ id }) => id), [data]);
  const chosen = useSelection(`${customer.id} ${params.revoked}`, ids);
  const mayExport = useRight("access-key:export");
  return (
    <>
      <Card
        table
        id="keys"
        title={t("keys.title")}
        count={data?.total.count}
        aside={
          <>
            <Segmented
              label={t("keys.show")}
              value={params.revoked ? "revoked" : "live"}
              options={[
                { value: "live", label: t("keys.showLive") },
                { value: "revoked", label: t("keys.showRevoked") },
              ]}
              onChange={(value) =>
                void setParams({
                  revoked: value === "revoked" ? true : null,
                  sort: null,
                  direction: null,
                  cursor: null,
                })
              }
            />
            <ColumnsMenu name="access-keys" columns={columns} />
            {mayExport && <ExportLink name="access-keys" list="access-keys" input={input} columns={columns} />}
            {mayCreate && (
              <Button size="sm" tone="primary" icon={Plus} onClick={open}>
                {t("keys.create")}
              </Button>
            )}
          </>
        }
      >
        {list.isError && data === undefined ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : data !== undefined && data.items.length === 0 ? (
          params.revoked ? (
            <State icon={KeyRound} title={t("keys.noneRevokedTitle")} text={t("keys.noneRevokedText")} />
          ) : (
            <State icon={KeyRound} title={t("keys.noneTitle")} text={t("keys.noneText")}>
              {mayCreate && (
                <span className="row">
                  <Button tone="primary" icon={Plus} onClick={open}>
                    {t("keys.create")}
                  </Button>
                </span>
              )}
            </State>
          )
        ) : (
          <>
            {data !== undefined && bulk.actions.length > 0 && (
              <SelectionBar selection={chosen} shown={ids.length} total={data.total} actions={bulk.actions} />
            )}
            <DataTable
              selection={bulk.actions.length > 0 ? { ...chosen, nameOf: keyName } : undefined}
              name="access-keys"
              caption={t("keys.caption", { name: customerName(customer) })}
              columns={columns}
              rows={data?.items}
              rowId={({ id }) => id}
              rowState={({ tmDelete }) => (isSet(tmDelete) ? "is-gone" : undefined)}
              {...(params.revoked
                ? {}
                : {
                    sort: order,
                    onSort: ({ by, direction }) =>
                      void setParams({ sort: KEY_SORTS.find((each) => each === by) ?? null, direction, cursor: null }),
                  })}
              busy={list.isPlaceholderData}
              skeletonRows={3}
              tall
            />
            {data !== undefined && (data.next !== null || data.previous !== null) && (
              <Pager
                shown={data.items.length}
                total={data.total}
                previous={data.previous === null ? null : href(data.previous)}
                next={data.next === null ? null : href(data.next)}
              />
            )}
            <div className="card__foot">
              <Icon of={Info} size="sm" />
              <span className="card__foot-text">{t("keys.note")}</span>
            </div>
          </>
        )}
      </Card>
      {bulk.dialog}
      {createSeen && mayCreate && (
        <CreateKeyDialog
          customer={customer}
          open={dialog.current?.name === "create-key"}
          onClose={dialog.close}
          onMade={(made) => setMade({ made, owner: customer })}
        />
      )}
      {element}
    </>
  );
}
