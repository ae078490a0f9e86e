import "server-only";
import type { Metadata } from "next";
import type { MessageKey } from "@/components/i18n/translate";
import { getI18n } from "./i18n";

/** The metadata of a page whose title is a text of ours. */
export const titled = (title: MessageKey) => async (): Promise<Metadata> => ({ title: (await getI18n()).t(title) });
