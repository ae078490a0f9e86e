"use client";

import { BookmarkPlus, Ellipsis, Pencil, Save, Star, StarOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SavedView } from "@/server/domain/preference/schemas";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useOnceOpen } from "../lib/use-once-open";
import { trpc } from "../trpc";
import { Button, IconButton } from "../ui/button";
import { HoverLink } from "../ui/hover-link";
import { Menu, MenuItem } from "../ui/menu";
import { toast } from "../ui/toast";
import { useFailureToast } from "../ui/use-failure-toast";
import { NO_VIEW, useSavedViews } from "./saved-view";
import type { List } from "./use-list";

const ViewDialog = dynamic(() => import("./view-dialog").then((module) => module.ViewDialog), { ssr: false });

/** A view that the product brings along: a query of the list's address. */
export interface BuiltInView {
  label: string;
  /** `?view=deleted`; empty for the list as it is without any. */
  query: string;
  current: boolean;
}

interface ViewTabsProps {
  list: List;
  views: readonly BuiltInView[];
  /** Columns that are not shown now, and how to forget that they differ from the view. */
  hidden: readonly string[];
  forgetHidden: () => void;
}

/** A list's views as tabs, the product's and one's own; each is an address. */
export function ViewTabs({ list, views, hidden, forgetHidden }: ViewTabsProps) {
  const t = useT();
  const { views: saved, defaultId, followed } = useSavedViews(list);
  const changed = followed !== null && isChanged(followed, list.query, hidden);
  return (
    <div className="views">
      <nav className="tabs" aria-label={t("list.views")}>
        <ul>
          {views.map(({ label, query, current }) => (
            <li key={query}>
              <HoverLink
                href={list.viewHref(query, query === "" && defaultId !== null ? NO_VIEW : "")}
                aria-current={current && followed === null ? "page" : undefined}
              >
                {label}
              </HoverLink>
            </li>
          ))}
          {saved.map((view) => (
            <li key={view.id}>
              <HoverLink
                href={list.viewHref(view.query, view.id)}
                aria-current={view.id === followed?.id ? "page" : undefined}
              >
                {view.name}
                {view.id === followed?.id && changed && (
                  <span title={t("list.viewChanged")}>
                    ●<span className="sr"> {t("list.viewChanged")}</span>
                  </span>
                )}
              </HoverLink>
            </li>
          ))}
        </ul>
      </nav>
      <ViewActions
        list={list}
        followed={followed}
        changed={changed}
        isDefault={followed !== null && followed.id === defaultId}
        hidden={hidden}
        forgetHidden={forgetHidden}
      />
    </div>
  );
}

const isChanged = (view: SavedView, query: string, hidden: readonly string[]): boolean =>
  view.query !== query || [...view.hidden].sort().join() !== [...hidden].sort().join();

function ViewActions({
  list,
  followed,
  changed,
  isDefault,
  hidden,
  forgetHidden,
}: Omit<ViewTabsProps, "views"> & { followed: SavedView | null; changed: boolean; isDefault: boolean }) {
  const t = useT();
  const router = useRouter();
  const changes = useViewChanges();
  const [dialog, setDialog] = useState<"save" | "rename" | null>(null);
  const seen = useOnceOpen(dialog !== null);
  const present = { list: list.name, query: list.query, hidden: [...hidden] };
  return (
    <div className="views__actions">
      {changed && followed !== null && (
        <Button
          size="sm"
          icon={Save}
          busy={changes.busy}
          onClick={() => changes.save({ ...present, id: followed.id, name: followed.name }, forgetHidden)}
        >
          {t("list.saveView")}
        </Button>
      )}
      {(followed === null ? list.narrowed : changed) && (
        <Button size="sm" tone="ghost" icon={BookmarkPlus} onClick={() => setDialog("save")}>
          {t("list.saveAsView")}
        </Button>
      )}
      {followed !== null && (
        <Menu trigger={<IconButton size="sm" icon={Ellipsis} label={t("list.viewActions", { name: followed.name })} />}>
          <MenuItem icon={Pencil} onSelect={() => setDialog("rename")}>
            {t("list.renameView")}
          </MenuItem>
          <MenuItem
            icon={isDefault ? StarOff : Star}
            onSelect={() => changes.setDefault({ list: list.name, id: isDefault ? null : followed.id })}
          >
            {t(isDefault ? "list.noDefaultView" : "list.defaultView")}
          </MenuItem>
          <MenuItem
            icon={Trash2}
            danger
            onSelect={() =>
              changes.remove({ list: list.name, id: followed.id }, followed, () => {
                forgetHidden();
                router.replace(list.viewHref(list.query, NO_VIEW));
              })
            }
          >
            {t("list.deleteView")}
          </MenuItem>
        </Menu>
      )}
      {seen && (
        <ViewDialog
          mode={dialog}
          name={dialog === "rename" ? (followed?.name ?? "") : ""}
          onClose={() => setDialog(null)}
          onSave={async (name) => {
            if (dialog === "rename" && followed !== null)
              return void (await changes.keep({ ...followed, list: list.name, name }));
            const view = await changes.keep({ ...present, name });
            forgetHidden();
            router.push(list.viewHref(view.query, view.id));
          }}
        />
      )}
    </div>
  );
}

/** Keeps, deletes and chooses views; a deleted one can be had back. */
function useViewChanges() {
  const t = useT();
  const utils = trpc.useUtils();
  const options = { ...useIdempotency(), onSuccess: () => utils.preference.views.invalidate() };
  const save = trpc.preference.saveView.useMutation(options);
  const remove = trpc.preference.deleteView.useMutation(options);
  const setDefault = trpc.preference.setDefaultView.useMutation(options);
  const refuse = useFailureToast();
  const keep = save.mutateAsync;
  type Input = Parameters<typeof keep>[0];
  return {
    busy: save.isPending,
    keep,
    save: (input: Input, done: () => void) => void keep(input).then(done, refuse),
    remove(input: { list: string; id: string }, { id: _, ...view }: SavedView, done: () => void) {
      const back = () => void keep({ ...view, list: input.list }).catch(refuse);
      remove
        .mutateAsync(input)
        .then(done)
        .then(() =>
          toast(t("list.viewDeleted", { name: view.name }), { action: { label: t("common.undo"), onClick: back } }),
        )
        .catch(refuse);
    },
    setDefault(input: { list: string; id: string | null }) {
      setDefault
        .mutateAsync(input)
        .then(() => toast.success(t(input.id === null ? "list.noDefaultViewSaved" : "list.defaultViewSaved")))
        .catch(refuse);
    },
  };
}
