/** What a person has chosen on this device; kept in a cookie, so that the server draws the page as they want it. */
export interface Preferences {
  locale: string | null;
  density: "normal" | "compact";
  /** Single-key shortcuts; ⌘K stays. */
  shortcuts: boolean;
  /** The navigation as a rail of icons. */
  rail: boolean;
  /** Phone numbers without their middle, for those whose screen others see. */
  masked: boolean;
  /** Columns that were switched off, per table. */
  hidden: Record<string, string[]>;
}

export const PREFERENCES_COOKIE = "voipbin.preferences";
export const DEFAULT_PREFERENCES: Preferences = {
  locale: null,
  density: "normal",
  shortcuts: true,
  rail: false,
  masked: false,
  hidden: {},
};

/** Whatever the cookie holds, a complete set comes out. */
export function parsePreferences(text: string | undefined): Preferences {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? "{}");
  } catch {
    raw = {};
  }
  const from: Record<string, unknown> = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : {};
  const hidden = typeof from.hidden === "object" && from.hidden !== null ? Object.entries(from.hidden) : [];
  return {
    locale: typeof from.locale === "string" ? from.locale : null,
    density: from.density === "compact" ? "compact" : "normal",
    shortcuts: from.shortcuts !== false,
    rail: from.rail === true,
    masked: from.masked === true,
    hidden: Object.fromEntries(
      hidden.filter(
        (entry): entry is [string, string[]] =>
          Array.isArray(entry[1]) && entry[1].every((each) => typeof each === "string"),
      ),
    ),
  };
}

/** A year, and for all pages. */
export const preferencesCookie = (preferences: Preferences, secure: boolean): string =>
  `${PREFERENCES_COOKIE}=${encodeURIComponent(JSON.stringify(preferences))}; path=/; max-age=31536000; samesite=lax${secure ? "; secure" : ""}`;
