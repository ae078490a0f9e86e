"use client";

import { useCallback, useRef, useState } from "react";
import type { Chosen } from "../data-table/selection-bar";
import { trpc } from "../trpc";

export type LetterAct = "replay" | "discard";

/** How far it is: `refused` had to stay because their queue is gone, `missing` were not there any more. */
export interface LetterProgress {
  done: number;
  refused: number;
  missing: number;
  total: number;
}

/** As many as one request takes: it holds them meanwhile. */
const AT_ONCE = 100;

/**
 * Replays or discards letters portion by portion: those of a list, or all that were there at the beginning. It can be
 * stopped between two portions; what was done stays done, and a repeat does nothing twice.
 */
export function useLetterWork() {
  const utils = trpc.useUtils();
  const [progress, setProgress] = useState<LetterProgress | null>(null);
  const stopped = useRef(false);
  const replay = trpc.deadLetter.replay.useMutation().mutateAsync;
  const discard = trpc.deadLetter.discard.useMutation().mutateAsync;

  const run = useCallback(
    async (act: LetterAct, chosen: Chosen, total: number): Promise<LetterProgress> => {
      const send = act === "replay" ? replay : discard;
      let state: LetterProgress = { done: 0, refused: 0, missing: 0, total };
      stopped.current = false;
      setProgress(state);
      try {
        for (let at = 0; at < total && !stopped.current; at += AT_ONCE) {
          const outcome = await send(
            "ids" in chosen
              ? { ids: chosen.ids.slice(at, at + AT_ONCE) }
              : { most: Math.min(AT_ONCE, total - at), skip: state.refused },
          );
          state = {
            total,
            done: state.done + outcome.done.length,
            refused: state.refused + outcome.refused.length,
            missing: state.missing + outcome.missing.length,
          };
          setProgress(state);
          if (!("ids" in chosen) && outcome.done.length + outcome.refused.length === 0) break;
        }
      } finally {
        setProgress(null);
        void utils.deadLetter.invalidate();
        void utils.health.invalidate();
      }
      return state;
    },
    [utils, replay, discard],
  );
  return {
    run,
    progress,
    stop: () => {
      stopped.current = true;
    },
  };
}
