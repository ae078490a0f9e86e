import type en from "@/messages/en";

export type Messages = typeof en;
type Paths<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Paths<Node[Key]>}`;
}[keyof Node & string];
export type MessageKey = Paths<Messages>;
export type Values = Record<string, string | number>;

/** The languages there are texts for, by their own names. */
export const LOCALES = { en: "English", de: "Deutsch" } as const;
export type Locale = keyof typeof LOCALES;

export const isLocale = (text: string): text is Locale => Object.hasOwn(LOCALES, text);
/** For dates and numbers: day before month and 24 hours in both. */
export const formatLocale = (locale: Locale): string => (locale === "en" ? "en-GB" : locale);

function lookUp(messages: Messages, key: string): string {
  let node: unknown = messages;
  for (const part of key.split("."))
    node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[part] : undefined;
  return typeof node === "string" ? node : key;
}

const PLURAL = /\{(\w+), plural, one \{([^{}]*)\} other \{([^{}]*)\}\}/g;

export interface Translate {
  /** The text of a key; `{name}` and `{count, plural, one {# key} other {# keys}}` are filled in. */
  (key: MessageKey, values?: Values): string;
  /** Whether there is a text for a key that is put together at run time. */
  has(key: string): key is MessageKey;
}

export function createTranslate(locale: Locale, messages: Messages): Translate {
  const number = new Intl.NumberFormat(formatLocale(locale));
  const plural = new Intl.PluralRules(locale);
  const show = (value: string | number | undefined): string =>
    typeof value === "number" ? number.format(value) : (value ?? "");
  const translate = (key: MessageKey, values: Values = {}): string =>
    lookUp(messages, key)
      .replace(PLURAL, (_, name: string, one: string, other: string) =>
        (plural.select(Number(values[name])) === "one" ? one : other).replace("#", show(values[name])),
      )
      .replace(/\{(\w+)\}/g, (_, name: string) => show(values[name]));
  return Object.assign(translate, { has: (key: string): key is MessageKey => lookUp(messages, key) !== key });
}
