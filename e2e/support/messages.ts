import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createTranslator } from "use-intl/core";
import { withOurKeys, type Messages } from "@/components/i18n/translate";

/** Which part of the texts a file is: `sip-import.json` is `sipImport`. */
const partOf = (file: string): string =>
  basename(file, ".json").replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const folder = join(import.meta.dirname, "../../messages/en");
const messages = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [partOf(file), JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown]),
) as Messages;

/** The console's own texts: a test that names one does not break when it is worded better. */
export const t = withOurKeys(createTranslator({ locale: "en", messages }));
