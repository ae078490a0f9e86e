export type PartState = "ok" | "degraded" | "down";

/** The state of the installation, for the health page. */
export interface HealthReport {
  checkedAt: string;
  state: PartState;
  parts: { name: string; label: string; state: PartState; detail: string; latencyMs: number | null }[];
  queues: { name: string; messages: number | null; consumers: number | null }[];
  outbox: { waiting: number; oldestSeconds: number | null };
  jobs: { queued: number; running: number; failed: number };
  deadLetters: number | null;
  standAlone: boolean;
  siblings: string[];
}
