import * as z from "zod";

export const VIEWS_MOST = 20;
export const VIEW_NAME_MOST = 60;
const QUERY_MOST = 2_000;
const HIDDEN_MOST = 50;

const list = z.string().min(1).max(48);
const viewId = z.string().min(1).max(64);

export const listViewsInput = z.object({ list });
export type ListViewsInput = z.input<typeof listViewsInput>;

export const saveViewInput = z.object({
  list,
  /** Of the view that is replaced; absent for a new one. */
  id: viewId.optional(),
  name: z
    .string()
    .trim()
    .min(1, { error: "Give the view a name." })
    .max(VIEW_NAME_MOST, { error: `Use at most ${VIEW_NAME_MOST} characters.` }),
  /** Of the list's address, without the page. */
  query: z.string().max(QUERY_MOST, { error: "These filters are too long to be kept." }),
  /** Columns that are not shown. */
  hidden: z.array(z.string().max(64)).max(HIDDEN_MOST),
});
export type SaveViewInput = z.input<typeof saveViewInput>;

export const viewInput = z.object({ list, id: viewId });
export type ViewInput = z.input<typeof viewInput>;

export const setDefaultViewInput = z.object({ list, id: viewId.nullable() });
export type SetDefaultViewInput = z.input<typeof setDefaultViewInput>;

/** A list with filters, order and columns under a name. */
export interface SavedView {
  id: string;
  name: string;
  query: string;
  hidden: string[];
}

export interface SavedViews {
  views: SavedView[];
  /** The view with which the list opens; null for the list as it is. */
  defaultId: string | null;
}
