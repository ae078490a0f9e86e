import type { Translate } from "../i18n/translate";
import type { ShownPassword } from "../sip/account-password";
import type { Setting } from "../sip/settings";
import type { Outputs } from "../trpc";
import { extensionName } from "./names";

/** What a phone is given besides the password. */
export const phoneSettings = (
  { username, extension, realm }: { username: string; extension: string; realm: string },
  t: Translate,
): Setting[] => [
  { label: t("sip.user"), value: username },
  { label: t("sip.domain"), value: realm },
  { label: t("sip.address"), value: `sip:${extension}@${realm}` },
];

/** An extension's password as its dialogs show it. */
export const toShownPassword = (
  { extension, password }: Outputs["extension"]["create"],
  as: ShownPassword["as"],
  t: Translate,
): ShownPassword => ({ as, password, name: extensionName(extension), settings: phoneSettings(extension, t) });
