import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createTranslator } from "use-intl/core";
import { withOurKeys, type Messages } from "@/components/i18n/translate";

const folder = join(import.meta.dirname, "../../messages/en");
const messages = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown]),
) as Messages;

/** The console's own texts: a test that names one does not break when it is worded better. */
export const t = withOurKeys(createTranslator({ locale: "en", messages }));
