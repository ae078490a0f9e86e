import "server-only";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { isLocale, withOurKeys, type Locale, type Messages, type Translate } from "@/components/i18n/translate";
import { parsePreferences, PREFERENCES_COOKIE, type Preferences } from "@/components/lib/preferences";

export const getPreferences = cache(async (): Promise<Preferences> =>
  parsePreferences((await cookies()).get(PREFERENCES_COOKIE)?.value),
);

/** The language that was chosen, else the first of the browser's that there are texts for. */
export async function chooseLocale(): Promise<Locale> {
  const { locale } = await getPreferences();
  if (locale !== null && isLocale(locale)) return locale;
  const accepted = (await headers()).get("accept-language") ?? "";
  const known = accepted
    .split(",")
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find(isLocale);
  return known ?? "en";
}

export const getI18n = cache(async (): Promise<{ locale: Locale; messages: Messages; t: Translate }> => {
  const [locale, messages, t] = await Promise.all([getLocale(), getMessages(), getTranslations()]);
  return { locale: isLocale(locale) ? locale : "en", messages: messages as Messages, t: withOurKeys(t) };
});
