import { createTranslate } from "@/components/i18n/translate";
import messages from "@/messages/en";

/** The console's own texts: a test that names one does not break when it is worded better. */
export const t = createTranslate("en", messages);
