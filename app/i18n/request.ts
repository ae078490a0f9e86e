import { getRequestConfig } from "next-intl/server";
import type { Locale, Messages } from "@/components/i18n/translate";
import de from "@/messages/de";
import en from "@/messages/en";
import { chooseLocale } from ".";

/** Every language has every text: one that is missing does not compile. */
const MESSAGES: Record<Locale, Messages> = { en, de };

/** What next-intl asks for with each page. The texts of both languages are compiled while building. */
export default getRequestConfig(async () => {
  const locale = await chooseLocale();
  return { locale, messages: MESSAGES[locale], timeZone: "UTC" };
});
