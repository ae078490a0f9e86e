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

export interface Translate {
  /** The text of a key with its values: `{name}`, `{count, number}`, `{count, plural, one {# key} other {# keys}}`. */
  (key: MessageKey, values?: Values): string;
  /** Whether there is a text for a key that is put together at run time. */
  has(key: string): key is MessageKey;
}

/** next-intl's translator with our keys: those that are put together at run time are asked for by `has` first. */
export const withOurKeys = (translator: {
  (key: never, values?: never): string;
  has(key: never): boolean;
}): Translate => translator as unknown as Translate;
