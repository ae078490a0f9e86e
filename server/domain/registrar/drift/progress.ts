import type { JobRecord } from "@/server/kernel/jobs";
import type { DriftPass } from "./schemas";

export const DRIFT_PASS_JOB = "registrar.drift-pass";
/** All comparisons are of one subject, so that the latest is found by it. */
export const DRIFT_SUBJECT = "d71f7000-0000-7000-8000-000000000001";

/** In this order; each reads one table by its key. */
export const PHASES = [
  "extensions",
  "trunks",
  "ps_aors",
  "ps_auths",
  "ps_endpoints",
  "contacts",
  "auths",
  "names",
] as const;
export type Phase = (typeof PHASES)[number];

/** How far a comparison is: whoever goes on after a kill begins at the page that was not finished. */
export interface PassProgress {
  phase: Phase | null;
  /** The key that the next page follows; of several columns where the key is. */
  after: string[] | null;
  compared: number;
  found: number;
  beyond: number;
  /** The comparison before. */
  previous: DriftPass | null;
}

export const FIRST: Omit<PassProgress, "previous"> = {
  phase: PHASES[0],
  after: null,
  compared: 0,
  found: 0,
  beyond: 0,
};

export function toPass({ id, state, owner, progress, tmCreate, tmFinish }: JobRecord): DriftPass {
  const { compared, beyond } = progress as PassProgress;
  const by = owner.type === "system" ? null : owner.name;
  return { id, state, by, tmStart: tmCreate, tmFinish, compared, beyond };
}
