const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* .*Safari/, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

/** "Firefox 140 on Linux" of a User-Agent header: enough to recognise one's own devices. */
export function describeAgent(agent: string): { name: string; mobile: boolean } {
  const browser = BROWSERS.map(([pattern, name]) => [pattern.exec(agent)?.[1], name] as const).find(
    ([version]) => version !== undefined,
  );
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  const parts = [browser === undefined ? undefined : `${browser[1]} ${browser[0]}`, system].filter(
    (part) => part !== undefined,
  );
  return { name: parts.length > 0 ? parts.join(" · ") : agent.slice(0, 60), mobile: /iPhone|iPad|Android/.test(agent) };
}
