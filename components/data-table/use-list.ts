"use client";

import { createSerializer, useQueryStates, type Options, type ParserMap, type Values } from "nuqs";
import { useMemo } from "react";
import type { Sort } from "./data-table";
import type { FilterField } from "./filter-field";
import type { pageParams } from "./list-params";

type ListParsers = typeof pageParams & ParserMap;
const NONE: readonly never[] = [];
type Change<Parsers extends ListParsers> = Partial<{ [Key in keyof Parsers]: Values<Parsers>[Key] | null }>;

/** A list as its address describes it: filters, sort, page, saved view. Nothing else holds them. */
export interface List<Parsers extends ListParsers = ListParsers> {
  /** Under which columns and views are kept. */
  name: string;
  params: Values<Parsers>;
  fields: readonly FilterField[];
  /** The chips' values. */
  filters: Readonly<Record<string, string>>;
  /** The text of the search field. */
  search: string;
  /** Whether a filter or a search leaves rows out. */
  narrowed: boolean;
  sort: Sort | undefined;
  /** All of the address but where the page begins: what a saved view keeps, and what tells one selection from another. */
  query: string;
  /** Changes parts of the address; null is the default. The list begins at its first page again. */
  set(change: Change<Parsers>, options?: Options): void;
  setFilter(name: string, value: string): void;
  setSearch(text: string): void;
  setSort(sort: Sort): void;
  clear(): void;
  /** The address with parts changed. */
  href(change: Change<Parsers>): string;
  /** The address of a view: its query, and nothing of the present one. */
  viewHref(query: string, saved: string): string;
}

/**
 * Reads a list's state from the address.
 * @param parsers what the address may say: {@link pageParams}, `q` for a search, `sortParams`, and filters as texts
 * @param path of the page; what it has after a "?" stays
 * @param passing what ends when the list changes and is kept in no view, such as which row is open
 */
export function useList<Parsers extends ListParsers>({
  name,
  path,
  parsers,
  fields,
  passing = NONE,
}: {
  name: string;
  path: string;
  parsers: Parsers;
  fields: readonly FilterField[];
  passing?: readonly (keyof Parsers & string)[];
}): List<Parsers> {
  const [params, setParams] = useQueryStates(parsers, { history: "push" });
  const serialize = useMemo(() => createSerializer<ParserMap>(parsers), [parsers]);
  return useMemo(() => {
    const values: Readonly<Record<string, unknown>> = params;
    const text = (key: string): string => (typeof values[key] === "string" ? values[key] : "");
    const filters = Object.fromEntries(fields.map((field) => [field.name, text(field.name)]));
    const search = text("q");
    const none = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, null]));
    const anew = none(["cursor", ...passing]);
    const set = (change: Record<string, unknown>, options?: Options) =>
      void setParams({ ...anew, ...change } as Parameters<typeof setParams>[0], options);
    const noFilters = none([...fields.map((field) => field.name), ...("q" in values ? ["q"] : [])]);
    const href = (change: Record<string, unknown>) => serialize(path, { ...params, ...change });
    return {
      name,
      params,
      fields,
      filters,
      search,
      narrowed: search !== "" || Object.values(filters).some((value) => value !== ""),
      sort:
        "sort" in values ? { by: text("sort"), direction: text("direction") === "asc" ? "asc" : "desc" } : undefined,
      query: serialize("", { ...params, ...anew, saved: null, size: null }),
      set,
      setFilter: (field, value) => set({ [field]: value === "" ? null : value }),
      setSearch: (next) => set({ q: next === "" ? null : next }, { history: "replace" }),
      setSort: ({ by, direction }) => set({ sort: by, direction }),
      clear: () => set(noFilters),
      href,
      viewHref: (query, saved) => {
        const [base = "", own = ""] = path.split("?");
        const all = new URLSearchParams(own);
        for (const [key, value] of new URLSearchParams(query)) if (key in parsers) all.set(key, value);
        if (saved !== "") all.set("saved", saved);
        return all.size === 0 ? base : `${base}?${all.toString()}`;
      },
    } satisfies List<Parsers>;
  }, [name, path, params, parsers, fields, passing, serialize, setParams]);
}
