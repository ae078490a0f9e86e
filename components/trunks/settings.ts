import type { Translate } from "../i18n/translate";
import type { ShownPassword } from "../sip/account-password";
import type { Setting } from "../sip/settings";
import type { Outputs } from "../trpc";
import { trunkName } from "./names";

/** What a PBX is given besides the password. */
export const pbxSettings = (
  { username, realm, authTypes }: { username: string; realm: string; authTypes: readonly string[] },
  t: Translate,
): Setting[] => [
  { label: t("sip.domain"), value: realm },
  ...(authTypes.includes("basic") ? [{ label: t("trunks.user"), value: username }] : []),
];

/** A trunk's password as its dialogs show it. */
export const toShownPassword = (
  { trunk, password }: Outputs["trunk"]["create"],
  as: ShownPassword["as"],
  t: Translate,
): ShownPassword => ({ as, password, name: trunkName(trunk), settings: pbxSettings(trunk, t) });
