"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useLeave } from "../forms/leave-guard";
import { useOnceOpen } from "../lib/use-once-open";
import { areasFor } from "./areas";
import { usePreferences } from "./preferences";
import { useSession } from "./session";

// Loaded when they are first opened; the palette before that, so that who types on after ⌘K loses no letter.
const loadPalette = () => import("./palette").then((module) => module.Palette);
const Palette = dynamic(loadPalette, { ssr: false });
const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog), {
  ssr: false,
});

interface Commands {
  openPalette: () => void;
  openShortcuts: () => void;
}

const Context = createContext<Commands>({ openPalette: () => undefined, openShortcuts: () => undefined });
export const useCommands = (): Commands => useContext(Context);

/** How long "G" waits for its second key. */
const SEQUENCE_MS = 1_200;
/** How long after the page the palette is loaded. */
const READ_AHEAD_MS = 1_500;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select"));
const isDialogOpen = (): boolean => document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;

/** The keyboard: ⌘K everywhere, single keys where nobody types and only while they are switched on. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const leave = useLeave();
  const { rights } = useSession();
  const { preferences } = usePreferences();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const paletteSeen = useOnceOpen(palette);
  const shortcutsSeen = useOnceOpen(shortcuts);
  const goKey = useRef(0);

  const go = useCallback((href: string) => leave(() => router.push(href)), [leave, router]);

  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), READ_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        if (isDialogOpen() && !palette) return;
        event.preventDefault();
        setPalette(!palette);
        return;
      }
      if (
        !preferences.shortcuts ||
        palette ||
        shortcuts ||
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        isTyping(event.target) ||
        isDialogOpen()
      )
        return;
      const key = event.key.toLowerCase();
      if (Date.now() - goKey.current < SEQUENCE_MS) {
        goKey.current = 0;
        const area = areasFor(rights).find((each) => each.key === key);
        if (area === undefined) return;
        event.preventDefault();
        return go(area.href);
      }
      if (key === "g") goKey.current = Date.now();
      else if (key === "?") {
        event.preventDefault();
        setShortcuts(true);
      } else if (key === "/") {
        const field = document.querySelector<HTMLInputElement>("main input[type=search]");
        if (field === null) return;
        event.preventDefault();
        field.focus();
      } else if (key === "c" && rights.includes("customer:create")) {
        event.preventDefault();
        go("/customers/new");
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [go, palette, shortcuts, preferences.shortcuts, rights]);

  const value = useMemo(() => ({ openPalette: () => setPalette(true), openShortcuts: () => setShortcuts(true) }), []);
  return (
    <Context value={value}>
      {children}
      {paletteSeen && (
        <Palette open={palette} onClose={() => setPalette(false)} onGo={go} onShortcuts={() => setShortcuts(true)} />
      )}
      {shortcutsSeen && <ShortcutsDialog open={shortcuts} onClose={() => setShortcuts(false)} />}
    </Context>
  );
}
