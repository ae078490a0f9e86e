"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Building2, Keyboard, KeyRound, Monitor, Moon, Plus, Search, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useDeferredValue, useRef, useState } from "react";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { PaletteDialog } from "../ui/dialog";
import { Icon, type IconShape } from "../ui/icon";
import { AREAS } from "./areas";
import { useSession } from "./session";
import { useDebounced } from "./use-debounced";

interface Entry {
  id: string;
  label: string;
  detail?: string;
  icon: IconShape;
  keys?: readonly string[];
  run: () => void;
}

const WAIT_MS = 120;
const matches = (entry: Entry, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${entry.label} ${entry.detail ?? ""}`.toLowerCase().includes(word));

/** Finds records and does things. Commands follow each key at once, records as soon as the server has answered. */
export function Palette(props: {
  open: boolean;
  onClose: () => void;
  onGo: (href: string) => void;
  onShortcuts: () => void;
}) {
  const t = useT();
  const next = useRef<(() => void) | null>(null);
  return (
    <PaletteDialog
      open={props.open}
      onClose={props.onClose}
      title={t("palette.title")}
      onClosed={() => {
        const run = next.current;
        next.current = null;
        run?.();
      }}
    >
      <PaletteContent
        {...props}
        onCloseThen={(run) => {
          next.current = run;
          props.onClose();
        }}
      />
    </PaletteDialog>
  );
}

function PaletteContent({
  onClose,
  onCloseThen,
  onGo,
  onShortcuts,
}: {
  onClose: () => void;
  onCloseThen: (run: () => void) => void;
  onGo: (href: string) => void;
  onShortcuts: () => void;
}) {
  const t = useT();
  const { setTheme } = useTheme();
  const { rights } = useSession();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState("");
  const typed = useDeferredValue(query.trim());
  const asked = useDebounced(query.trim(), WAIT_MS);
  const search = trpc.search.find.useQuery(
    { query: asked.slice(0, 200) },
    { enabled: asked !== "", placeholderData: keepPreviousData, retry: false },
  );

  const go = (href: string) => () => onCloseThen(() => onGo(href));
  const commands: Entry[] = [
    ...(rights.includes("customer:create")
      ? [{ id: "create-customer", label: t("customers.create"), icon: Plus, keys: ["C"], run: go("/customers/new") }]
      : []),
    {
      id: "shortcuts",
      label: t("shell.shortcuts"),
      icon: Keyboard,
      keys: ["?"],
      run: () => onCloseThen(onShortcuts),
    },
    ...(["light", "dark", "system"] as const).map((theme) => ({
      id: `theme-${theme}`,
      label: t(`settings.themes.${theme}`),
      detail: t("settings.theme"),
      icon: { light: Sun, dark: Moon, system: Monitor }[theme],
      run: () => {
        setTheme(theme);
        onClose();
      },
    })),
  ];
  const places: Entry[] = AREAS.filter(({ right }) => right === undefined || rights.includes(right)).map((area) => ({
    id: area.href,
    label: area.pages?.[0] === undefined ? t(area.label) : t(area.pages[0].label),
    icon: area.icon,
    keys: ["G", area.key.toUpperCase()],
    run: go(area.href),
  }));
  const hits: Entry[] =
    typed === "" || asked === ""
      ? []
      : (search.data ?? []).map((hit) => ({
          id: hit.id,
          label: hit.title,
          detail: hit.detail,
          icon: hit.kind === "customer" ? Building2 : KeyRound,
          run: go(hit.href),
        }));
  const groups = [
    { label: t("palette.found"), entries: hits },
    { label: t("palette.do"), entries: commands.filter((entry) => matches(entry, typed)) },
    { label: t("palette.go"), entries: places.filter((entry) => matches(entry, typed)) },
  ].filter(({ entries }) => entries.length > 0);
  // What arrives after the typing has rested is to be opened by Enter as well.
  const entries = groups.flatMap((group) => group.entries);
  const selected = entries.some(({ id }) => id === chosen) ? chosen : (entries[0]?.id ?? "");

  return (
    <Command
      shouldFilter={false}
      loop
      label={t("palette.title")}
      className="palette__root"
      value={selected}
      onValueChange={setChosen}
    >
      <div className="palette__in">
        <Icon of={Search} size="lg" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t("palette.placeholder")}
          aria-label={t("palette.title")}
        />
        <kbd>Esc</kbd>
      </div>
      <Command.List className="palette__list" label={t("palette.results")}>
        {groups.length === 0 && (
          <Command.Empty className="palette__empty">
            {search.isFetching ? t("palette.searching") : t("palette.nothing", { query: typed })}
          </Command.Empty>
        )}
        {groups.map(({ label, entries }) => (
          <Command.Group heading={label} key={label} className="palette__section">
            {entries.map((entry) => (
              <Command.Item key={entry.id} value={entry.id} onSelect={entry.run} className="option">
                <Icon of={entry.icon} />
                <span className="option__text">
                  <b className="strong">{entry.label}</b> <span className="muted">{entry.detail}</span>
                </span>
                <span className="option__end">
                  {entry.keys?.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <div className="palette__foot" aria-hidden>
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> {t("palette.move")}
        </span>
        <span>
          <kbd>↵</kbd> {t("palette.open")}
        </span>
      </div>
    </Command>
  );
}
