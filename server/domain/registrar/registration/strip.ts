/** What is known of a number over a span of time. */
export type StripState = "up" | "down" | "unknown" | "unstable";

/** From one moment to another, in milliseconds since 1970. */
export interface StripPart {
  from: number;
  to: number;
  state: StripState;
}

export interface Strip {
  from: number;
  to: number;
  parts: StripPart[];
  /** How often it went. */
  interruptions: number;
  /** Whether it came and went again and again within an hour. */
  flapping: boolean;
  /** When it was registered for the first time ever, where that was within the span. */
  cameAt: number | null;
  /** Of the time that is known, or since it came, in percent; null where nothing is. */
  upPercent: number | null;
}

export interface StripInput {
  from: number;
  to: number;
  /** When it was looked, in order. */
  samples: readonly number[];
  /** When it came or went, in order; `first` where nothing was known before. */
  changes: readonly { at: number; up: boolean; first: boolean }[];
  /** How it is by the last sample; null for a number that was never registered. */
  state: { up: boolean; since: number } | null;
  /** From when on changes were no longer written down, because there were too many. */
  unstableFrom?: number;
}

/** Between two samples farther apart than this, nobody looked. A minute is usual. */
const GAP_MS = 150_000;
const MINUTE_MS = 60_000;
const FLAPS = 6;
const FLAP_MS = 3_600_000;

/** The strip of a number: when it was registered, when not, and when nobody looked. */
export function buildStrip(input: StripInput): Strip {
  const { from, to, changes } = input;
  const parts = overlay(timeline(input), gaps(input));
  const [head] = changes;
  const cameAt = head?.first === true && head.up ? head.at : null;
  const counted = cameAt ?? from;
  const length = (state: StripState): number =>
    parts
      .filter((part) => part.state === state)
      .reduce((sum, part) => sum + Math.max(0, part.to - Math.max(part.from, counted)), 0);
  const known = length("up") + length("down");
  return {
    from,
    to,
    parts,
    interruptions: changes.filter(({ up }) => !up).length,
    flapping:
      input.unstableFrom !== undefined ||
      changes.some(({ at }, i) => (changes[i + FLAPS - 1]?.at ?? Infinity) - at <= FLAP_MS),
    cameAt,
    upPercent: known === 0 ? null : Math.round((length("up") / known) * 1_000) / 10,
  };
}

function timeline({ from, to, changes, state, unstableFrom }: StripInput): StripPart[] {
  const parts: StripPart[] = [];
  const [head] = changes;
  let at = from;
  let now: StripState =
    head !== undefined ? (head.first ? "down" : head.up ? "down" : "up") : state?.up === true ? "up" : "down";
  for (const change of changes) {
    if (change.at > at) parts.push({ from: at, to: change.at, state: now });
    at = Math.max(at, change.at);
    now = change.up ? "up" : "down";
  }
  if (to > at) parts.push({ from: at, to, state: now });
  return unstableFrom === undefined ? parts : overlay(parts, [{ from: unstableFrom, to, state: "unstable" }]);
}

function gaps({ from, to, samples }: StripInput): StripPart[] {
  const found: StripPart[] = [];
  let last = -Infinity;
  for (const at of [...samples, to]) {
    // A look is good for the minute after it.
    if (at - last > GAP_MS) found.push({ from: Math.max(from, last + MINUTE_MS), to: at, state: "unknown" });
    last = at;
  }
  return found;
}

/** Parts with others laid over them. */
function overlay(parts: readonly StripPart[], over: readonly StripPart[]): StripPart[] {
  let below = [...parts];
  for (const top of over)
    below = below.flatMap((part) => [
      ...(part.from < top.from ? [{ ...part, to: Math.min(part.to, top.from) }] : []),
      ...(part.to > top.to ? [{ ...part, from: Math.max(part.from, top.to) }] : []),
    ]);
  const sorted = [...below, ...over].filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  return sorted.reduce<StripPart[]>((merged, part) => {
    const last = merged.at(-1);
    if (last?.state === part.state && last.to === part.from) last.to = part.to;
    else merged.push({ ...part });
    return merged;
  }, []);
}
