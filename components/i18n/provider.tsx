"use client";

import { createContext, Fragment, useContext, useMemo, type ReactNode } from "react";
import {
  createTranslate,
  formatLocale,
  type Locale,
  type MessageKey,
  type Messages,
  type Translate,
} from "./translate";

interface I18n {
  locale: Locale;
  /** For Intl. */
  format: string;
  t: Translate;
}

const Context = createContext<I18n | null>(null);

export function I18nProvider({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}) {
  const value = useMemo(
    () => ({ locale, format: formatLocale(locale), t: createTranslate(locale, messages) }),
    [locale, messages],
  );
  return <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (value === null) throw new Error("useI18n needs an I18nProvider above it");
  return value;
}

export const useT = (): Translate => useI18n().t;

/** A text with elements in it: `{name}` is replaced by what `parts` has for it. */
export function Rich({ id, parts }: { id: MessageKey; parts: Record<string, ReactNode> }) {
  const t = useT();
  const names = Object.keys(parts);
  const text = t(id, Object.fromEntries(names.map((name) => [name, `\u0001${name}\u0001`])));
  return text
    .split("\u0001")
    .map((piece, index) => <Fragment key={index}>{index % 2 === 1 ? parts[piece] : piece}</Fragment>);
}
