"use client";

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { preferencesCookie, type Preferences } from "../lib/preferences";

const Context = createContext<{ preferences: Preferences; change: (part: Partial<Preferences>) => void } | null>(null);

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const change = useCallback(
    (part: Partial<Preferences>) => {
      const next = { ...preferences, ...part };
      setPreferences(next);
      document.cookie = preferencesCookie(next, window.location.protocol === "https:");
      document.documentElement.dataset.density = next.density;
    },
    [preferences],
  );
  return <Context value={useMemo(() => ({ preferences, change }), [preferences, change])}>{children}</Context>;
}

export function usePreferences() {
  const value = useContext(Context);
  if (value === null) throw new Error("usePreferences needs a PreferencesProvider above it");
  return value;
}
