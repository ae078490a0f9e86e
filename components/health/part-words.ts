"use client";

import { useCallback } from "react";
import { useT } from "../i18n/provider";
import type { Health } from "../trpc";

export type Part = Health["parts"][number];

/** A part in words: what it is called, how it is, and what to do where something is wrong. */
export function usePartWords(): (part: Part) => { label: string; text: string; todo: string | null } {
  const t = useT();
  return useCallback(
    ({ name, reason, facts }: Part) => {
      const kind = name.startsWith("service:") ? "service" : name;
      const say = (part: string): string | null => {
        const key = `health.${part}`;
        return t.has(key) ? t(key, facts) : null;
      };
      return {
        label: say(`names.${kind}`) ?? name,
        text: say(`reasons.${kind}_${reason}`) ?? reason,
        todo: say(`todo.${kind}_${reason}`),
      };
    },
    [t],
  );
}
