"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleCheck, RotateCcw, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useState } from "react";
import { ListView } from "../data-table/list-view";
import type { BulkAction } from "../data-table/selection-bar";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import { PageHead } from "../shell/page-head";
import { useRight } from "../shell/session";
import { trpc, type DeadLetter } from "../trpc";
import { Button } from "../ui/button";
import { State } from "../ui/state";
import { useDeadLetterColumns } from "./columns";
import { LetterDetails } from "./letter-details";
import type { LetterTask } from "./letter-dialog";
import { deadLetterParams } from "./list-params";
import type { LetterAct } from "./use-letter-work";

// Loaded when it is first opened.
const LetterDialog = dynamic(() => import("./letter-dialog").then((module) => module.LetterDialog), { ssr: false });

const EVERY_MS = 15_000;
const NO_FIELDS: readonly never[] = [];
const PASSING = ["letter"] as const;
const idOf = ({ id }: DeadLetter): string => id;
const nameOf = ({ reason, id }: DeadLetter): string => (reason === "" ? id : reason);

/** The messages that could not be worked on, the oldest first: to be looked at, replayed or discarded. */
export function LetterList() {
  const t = useT();
  const list = useList({
    name: "dead-letters",
    path: "/operations/dead-letters",
    parsers: deadLetterParams,
    fields: NO_FIELDS,
    passing: PASSING,
  });
  const { params, href } = list;
  const query = trpc.deadLetter.list.useQuery(
    { limit: params.size },
    { placeholderData: keepPreviousData, refetchInterval: EVERY_MS },
  );
  const [task, setTask] = useState<LetterTask | null>(null);
  const [open, setOpen] = useState(false);
  const ask = useCallback((next: LetterTask) => {
    setTask(next);
    setOpen(true);
  }, []);
  const dialogSeen = useOnceOpen(open);
  const total = query.data?.total ?? 0;
  const actions = useActions(ask);
  const answer = useMemo(
    () =>
      query.data === undefined
        ? undefined
        : {
            items: query.data.items,
            next: null,
            previous: null,
            total: { count: query.data.total, estimated: false },
          },
    [query.data],
  );
  const letterHref = useCallback(
    (letter: DeadLetter) => href({ letter: letter.id === params.letter ? null : letter.id }),
    [href, params.letter],
  );
  return (
    <>
      <PageHead
        title={t("nav.deadLetters")}
        sub={t("letters.text")}
        actions={
          total > 0 &&
          actions.map(({ name, danger, icon, onChoose }) => (
            <Button
              key={name}
              icon={icon}
              tone={danger === true ? "danger-quiet" : undefined}
              onClick={() => onChoose({ all: true }, { count: total, estimated: false }, () => undefined)}
            >
              {t(name === "discard" ? "letters.discardAll" : "letters.replayAll")}
            </Button>
          ))
        }
      />
      <ListView
        list={list}
        query={{ ...query, data: answer }}
        label={t("nav.deadLetters")}
        caption={t("letters.caption")}
        columns={useDeadLetterColumns(letterHref, params.letter)}
        rowId={idOf}
        rowState={({ id }) => (id === params.letter ? "is-open" : undefined)}
        detail={(letter) =>
          letter.id === params.letter ? (
            <LetterDetails
              letter={letter}
              onReplay={() => ask({ act: "replay", chosen: { ids: [letter.id] }, count: 1 })}
              onDiscard={() => ask({ act: "discard", chosen: { ids: [letter.id] }, count: 1 })}
            />
          ) : null
        }
        bulk={actions.length === 0 ? undefined : { actions, nameOf }}
        tall
        skeletonRows={4}
        empty={<State icon={CircleCheck} title={t("letters.noneTitle")} text={t("letters.noneText")} />}
      />
      {dialogSeen && task !== null && <LetterDialog task={task} open={open} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What the person may do with letters. */
function useActions(ask: (task: LetterTask) => void): readonly BulkAction[] {
  const t = useT();
  const mayReplay = useRight("dead-letter:replay");
  const mayDiscard = useRight("dead-letter:discard");
  return useMemo(() => {
    const choose =
      (act: LetterAct): BulkAction["onChoose"] =>
      (chosen, { count }, done) =>
        ask({ act, chosen, count, done });
    return [
      ...(mayReplay
        ? [{ name: "replay", label: t("letters.replay"), icon: RotateCcw, onChoose: choose("replay") }]
        : []),
      ...(mayDiscard
        ? [
            {
              name: "discard",
              label: t("letters.discardMenu"),
              icon: Trash2,
              danger: true,
              onChoose: choose("discard"),
            },
          ]
        : []),
    ];
  }, [t, ask, mayReplay, mayDiscard]);
}
