"use client";

import { NextIntlClientProvider, useLocale, useTranslations } from "next-intl";
import { Fragment, useMemo, type ReactNode } from "react";
import {
  formatLocale,
  isLocale,
  withOurKeys,
  type Locale,
  type MessageKey,
  type Messages,
  type Translate,
} from "./translate";

/** Gives all below it the language and its texts. */
export function I18nProvider({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: Messages;
  children: ReactNode;
}) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
}

/** The language of the page, its texts, and how it writes numbers. */
export function useI18n(): {
  locale: Locale;
  /** For Intl. */
  format: string;
  /** A whole number as the language writes it: 12,345. */
  number: (value: number) => string;
  t: Translate;
} {
  const t = useT();
  const chosen = useLocale();
  return useMemo(() => {
    const locale = isLocale(chosen) ? chosen : "en";
    const format = formatLocale(locale);
    const numbers = new Intl.NumberFormat(format);
    return { locale, format, number: (value) => numbers.format(value), t };
  }, [chosen, t]);
}

/** The texts of the page's language. */
export const useT = (): Translate => withOurKeys(useTranslations());

/** A text with elements in it: `{name}` is replaced by what `parts` has for it. */
export function Rich({ id, parts }: { id: MessageKey; parts: Record<string, ReactNode> }) {
  const t = useT();
  const names = Object.keys(parts);
  const text = t(id, Object.fromEntries(names.map((name) => [name, `\u0001${name}\u0001`])));
  return text
    .split("\u0001")
    .map((piece, index) => <Fragment key={index}>{index % 2 === 1 ? parts[piece] : piece}</Fragment>);
}
