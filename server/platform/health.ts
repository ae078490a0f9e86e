/** What a part says about itself; shown to machines on the probes, so it holds no secret. */
export interface PartHealth {
  /** `degraded` works, but slower or later; it does not make the process unready. */
  state: "ok" | "degraded" | "down";
  /** A short text, e.g. why. */
  detail?: string;
}

export interface Health {
  ready: boolean;
  parts: Record<string, PartHealth>;
}

/** Ready is what has no part that is down. */
export function summarize(parts: Record<string, PartHealth>): Health {
  return { ready: Object.values(parts).every((part) => part.state !== "down"), parts };
}
