"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleCheck, RefreshCw, Shapes, UserRound, Wrench } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { UUID } from "@/db/uuid";
import { DRIFT_KINDS, type DriftFilter } from "@/server/domain/registrar/drift/schemas";
import type { FilterField } from "../data-table/filter-field";
import { ListView } from "../data-table/list-view";
import { useBulk, type BulkKind } from "../data-table/use-bulk";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { noteOwnChange } from "../lib/own-changes";
import { PageHead } from "../shell/page-head";
import { useRight } from "../shell/session";
import { trpc, type DriftFinding, type DriftState } from "../trpc";
import { Button } from "../ui/button";
import { State } from "../ui/state";
import { useFailureToast } from "../ui/use-failure-toast";
import { useDriftColumns } from "./columns";
import { FindingDetails } from "./finding-details";
import { PassLine } from "./pass-line";
import { driftParams, toDriftFilter, toDriftInput } from "./params";

/** How often the state is asked for: while a comparison runs, and else; in milliseconds. */
const RUNNING_MS = 2_000;
const IDLE_MS = 30_000;
const PASSING = ["finding"] as const;
const idOf = ({ id }: DriftFinding): string => id;
const nameOf = ({ subject }: DriftFinding): string => subject;

/** Where the SIP records and what Asterisk and Kamailio read differ, and how that is mended. */
export function DriftPage() {
  const t = useT();
  const list = useList({
    name: "drift",
    path: "/operations/drift",
    parsers: driftParams,
    fields: useFields(),
    passing: PASSING,
  });
  const { params, href } = list;
  const query = trpc.drift.list.useQuery(toDriftInput(params), { placeholderData: keepPreviousData });
  const state = useDriftState();
  const utils = trpc.useUtils();
  const onChange = useCallback(() => void utils.drift.invalidate(), [utils]);
  const filter = toDriftFilter(params);
  const bulk = useBulk(useKinds(), filter);
  const findingHref = useCallback(
    (finding: DriftFinding) => href({ finding: finding.id === params.finding ? null : finding.id }),
    [href, params.finding],
  );
  const total = query.data?.total;
  const [repair] = bulk.actions;
  return (
    <>
      <PageHead
        title={t("nav.drift")}
        meta={<PassLine state={state} />}
        sub={t("drift.text")}
        actions={
          <>
            {repair !== undefined && total !== undefined && total.count > 0 && (
              <Button icon={Wrench} onClick={() => repair.onChoose({ all: true }, total, onChange)}>
                {t(list.narrowed ? "drift.repairMatching" : "drift.repairAll")}
              </Button>
            )}
            <LookNow running={state?.running != null} onChange={onChange} />
          </>
        }
      />
      <ListView
        list={list}
        query={query}
        label={t("nav.drift")}
        caption={t("drift.caption")}
        columns={useDriftColumns(findingHref, params.finding)}
        rowId={idOf}
        rowState={({ id }) => (id === params.finding ? "is-open" : undefined)}
        detail={(finding) =>
          finding.id === params.finding ? <FindingDetails finding={finding} onChange={onChange} /> : null
        }
        bulk={bulk.actions.length === 0 ? undefined : { ...bulk, nameOf }}
        tall
        skeletonRows={4}
        empty={
          <State
            icon={CircleCheck}
            title={t(state?.last === null ? "drift.neverTitle" : "drift.noneTitle")}
            text={t(state?.last === null ? "drift.neverText" : "drift.noneText")}
          />
        }
      />
    </>
  );
}

/** The state of the comparison; when one ends, the list is read anew. */
function useDriftState(): DriftState | undefined {
  const utils = trpc.useUtils();
  const { data } = trpc.drift.state.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.running == null ? IDLE_MS : RUNNING_MS),
  });
  const last = data === undefined ? undefined : (data.last?.id ?? null);
  const before = useRef(last);
  useEffect(() => {
    if (before.current !== undefined && last !== before.current) {
      noteOwnChange(); // what was read while it ran is half of it: the list shows the whole at once
      void utils.drift.list.invalidate();
    }
    before.current = last;
  }, [last, utils]);
  return data;
}

function LookNow({ running, onChange }: { running: boolean; onChange: () => void }) {
  const t = useT();
  const look = trpc.drift.lookNow.useMutation({ onSuccess: onChange, onError: useFailureToast() });
  return (
    <Button icon={RefreshCw} tone="primary" busy={look.isPending || running} onClick={() => look.mutate()}>
      {t(running ? "drift.looking" : "drift.lookNow")}
    </Button>
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "kind",
        label: t("drift.kindIs"),
        icon: Shapes,
        options: DRIFT_KINDS.map((value) => ({ value, label: t(`drift.kinds.${value}`) })),
      },
      {
        name: "customer",
        label: t("drift.customerIs"),
        icon: UserRound,
        placeholder: "5e4a0680-804e-11ec-8477-2fea5968d85b",
        check: (text: string) => (UUID.test(text) ? null : t("drift.customerWrong")),
      },
    ],
    [t],
  );
}

function useKinds(): readonly BulkKind<DriftFilter>[] {
  const t = useT();
  const mayRepair = useRight("drift:repair");
  const utils = trpc.useUtils();
  const repairMany = trpc.drift.repairMany.useMutation({
    ...useIdempotency(),
    onSuccess: () => utils.drift.invalidate(),
  });
  if (!mayRepair) return [];
  return [
    {
      type: "drift.repair-many",
      label: t("drift.repairMenu"),
      icon: Wrench,
      question: (count) => t("drift.repairManyTitle", { count }),
      consequence: t("drift.repairManyText"),
      verb: (count) => t("drift.repairManyVerb", { count }),
      start: repairMany.mutateAsync,
    },
  ];
}
