import type { MessageKey } from "../i18n/translate";

/** For how long a new key works, in days. */
export const LIFETIMES: readonly { days: number; label: MessageKey }[] = [
  { days: 7, label: "keys.days7" },
  { days: 30, label: "keys.days30" },
  { days: 90, label: "keys.days90" },
  { days: 365, label: "keys.days365" },
  { days: 730, label: "keys.days730" },
];

/** For how long the token before a rotation goes on working, in seconds. */
export const OVERLAPS: readonly { seconds: number; label: MessageKey; hint: MessageKey }[] = [
  { seconds: 0, label: "keys.overlap0", hint: "keys.overlap0Hint" },
  { seconds: 86_400, label: "keys.overlap1", hint: "keys.overlap1Hint" },
  { seconds: 7 * 86_400, label: "keys.overlap7", hint: "keys.overlap7Hint" },
];
