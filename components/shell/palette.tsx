"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Command } from "cmdk";
import {
  Activity,
  Building2,
  History,
  Keyboard,
  KeyRound,
  ListChecks,
  Monitor,
  Moon,
  Network,
  Phone,
  Plus,
  Search,
  Smartphone,
  Sun,
  UserRound,
} from "lucide-react";
import { useTheme } from "next-themes";
import { useRef, useState } from "react";
import { useT } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { PaletteDialog } from "../ui/dialog";
import { Icon, type IconShape } from "../ui/icon";
import { areasFor } from "./areas";
import { useSession } from "./session";
import { useDebounced } from "./use-debounced";

type Hit = Outputs["search"]["find"][number];

interface Entry {
  id: string;
  label: string;
  detail?: string;
  icon: IconShape;
  keys?: readonly string[];
  run: () => void;
}

const WAIT_MS = 120;
const HIT_ICONS: Record<Hit["kind"], IconShape> = {
  customer: Building2,
  "access-key": KeyRound,
  extension: Phone,
  trunk: Network,
  registration: Smartphone,
  admin: UserRound,
  job: ListChecks,
  request: Activity,
  record: History,
};

/** A whole token that was pasted leaves the browser only as far as it is shown anyway: the search is an address. */
const withoutToken = (text: string): string => (/^vb_[0-9A-Za-z]{5,}$/.test(text) ? text.slice(0, 7) : text);

/** What a hit is called, and what tells it from others. */
function useHitWords(): (hit: Hit) => { label: string; detail: string } {
  const t = useT();
  return ({ kind, title, detail, deleted }) => {
    const known = `jobs.types.${title.replaceAll(".", "-")}`;
    const name = kind === "job" && t.has(known) ? t(known) : title;
    const parts = [t(`palette.kinds.${kind}`), detail, deleted ? t("palette.deleted") : ""];
    return name === ""
      ? { label: t(`palette.kinds.${kind}`), detail }
      : { label: name, detail: parts.filter((part) => part !== "").join(" · ") };
  };
}
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
  const words = useHitWords();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState("");
  const typed = query.trim();
  const asked = useDebounced(typed, WAIT_MS);
  const search = trpc.search.find.useQuery(
    { query: withoutToken(asked).slice(0, 200) },
    { enabled: asked !== "", placeholderData: keepPreviousData, retry: false },
  );

  const go = (href: string) => () => onCloseThen(() => onGo(href));
  const commands: Entry[] = [
    ...(rights.includes("customer:create")
      ? [{ id: "create-customer", label: t("customers.create"), icon: Plus, keys: ["C"], run: go("/customers/new") }]
      : []),
    ...(rights.includes("extension:create")
      ? [{ id: "create-extension", label: t("extensions.create"), icon: Plus, run: go("/sip/extensions/new") }]
      : []),
    ...(rights.includes("trunk:create")
      ? [{ id: "create-trunk", label: t("trunks.create"), icon: Plus, run: go("/sip/trunks/new") }]
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
  const places: Entry[] = areasFor(rights).flatMap((area) =>
    (area.pages ?? [area]).map(({ label, href }) => ({
      id: href,
      label: t(label),
      icon: area.icon,
      ...(href === area.href ? { keys: ["G", area.key.toUpperCase()] } : {}),
      run: go(href),
    })),
  );
  const answered = asked === typed && !search.isPlaceholderData;
  const hits: Entry[] =
    typed === "" || asked === ""
      ? []
      : (search.data ?? [])
          .map((hit) => ({ id: `${hit.kind} ${hit.id}`, icon: HIT_ICONS[hit.kind], ...words(hit), run: go(hit.href) }))
          // What an earlier text has found stays only as far as it fits: Enter must not open something else.
          .filter((entry) => answered || matches(entry, typed));
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
