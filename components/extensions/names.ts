import { isBlank } from "../lib/keys";

interface Named {
  extension: string;
  name: string;
}

/** What an extension is called in a sentence: "1001 (Front desk)". */
export const extensionName = ({ extension, name }: Named): string =>
  isBlank(name) ? extension : `${extension} (${name})`;
