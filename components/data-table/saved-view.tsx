"use client";

import { createContext } from "react";
import type { SavedView, SavedViews } from "@/server/domain/preference/schemas";
import { trpc } from "../trpc";
import type { List } from "./use-list";

/** In the address: no saved view, though the list opens with one by default. */
export const NO_VIEW = "none";

const NONE: SavedViews = { views: [], defaultId: null };

/** The saved view that a list follows, for the choice of columns; null for none. */
export const FollowedView = createContext<SavedView | null>(null);

/** A person's views of a list, and the one that it follows. */
export function useSavedViews(list: List): SavedViews & { followed: SavedView | null } {
  const { data = NONE } = trpc.preference.views.useQuery({ list: list.name }, { staleTime: 60_000 });
  return { ...data, followed: data.views.find(({ id }) => id === list.params.saved) ?? null };
}
