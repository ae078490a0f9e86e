"use client";

import { useMemo, useState } from "react";

/** As many rows as may be chosen one by one. */
export const CHOSEN_MOST = 1_000;

interface Chosen {
  /** Of which list; a selection ends with the filter it was made in. */
  of: string;
  all: boolean;
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | null;
}

/** Rows chosen one by one, or all that match, also those on other pages: two different things. */
export interface Selection {
  all: boolean;
  ids: ReadonlySet<string>;
  /** How much of the page is chosen. */
  page: "none" | "some" | "all";
  has(id: string): boolean;
  /** @param range also the rows between this one and the last one chosen */
  toggle(id: string, range: boolean): void;
  togglePage(): void;
  chooseAll(): void;
  clear(): void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * @param of what tells this list from the one after a change of filters; going to another page keeps the selection
 * @param shown ids of the page, in order
 */
export function useSelection(of: string, shown: readonly string[]): Selection {
  const [state, setState] = useState<Chosen>({ of, all: false, ids: NONE, anchor: null });
  return useMemo(() => {
    const chosen = state.of === of ? state : { of, all: false, ids: NONE, anchor: null };
    const choose = (ids: Iterable<string>, anchor: string | null = null) =>
      setState({ of, all: false, ids: new Set([...ids].slice(0, CHOSEN_MOST)), anchor });
    const has = (id: string) => chosen.all || chosen.ids.has(id);
    const present = shown.filter(has).length;
    return {
      all: chosen.all,
      ids: chosen.ids,
      page: present === 0 ? "none" : present === shown.length ? "all" : "some",
      has,
      toggle(id, range) {
        const from = chosen.anchor === null ? -1 : shown.indexOf(chosen.anchor);
        const to = shown.indexOf(id);
        const reach = range && from >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
        const before = chosen.all ? shown : chosen.ids;
        const removed = new Set(has(id) ? reach : []);
        choose(has(id) ? [...before].filter((each) => !removed.has(each)) : [...before, ...reach], id);
      },
      togglePage() {
        if (chosen.all) return choose([]);
        const onPage = new Set(shown);
        choose(present === shown.length ? [...chosen.ids].filter((id) => !onPage.has(id)) : [...chosen.ids, ...shown]);
      },
      chooseAll: () => setState({ of, all: true, ids: NONE, anchor: null }),
      clear: () => choose([]),
    };
  }, [state, of, shown]);
}
