export type PartState = "ok" | "degraded" | "down";

export interface HealthPart {
  /** `database`, `asterisk` (Asterisk's database), `redis`, `rabbitmq`, `service:<name>` (who answers its requests), `relay`, `jobs`. */
  name: string;
  state: PartState;
  /** What is the matter, beyond the state: the console has words, and what to do, for each. */
  reason: string;
  /** What the words have gaps for: versions, counts, seconds. */
  facts: Record<string, string | number>;
  latencyMs: number | null;
  /** Since when it has been so, as far as this web process has seen. */
  since: string;
}

/** A web process or worker that has said lately that it runs. */
export interface RunningProcess {
  id: string;
  kind: string;
  name: string;
  /** What a worker does; a web process has none. */
  roles: string[];
  version: string;
  node: string;
  tmStart: string;
  tmBeat: string;
}

/** The state of the installation, for the health page. */
export interface HealthReport {
  checkedAt: string;
  state: PartState;
  parts: HealthPart[];
  queues: { name: string; messages: number | null; consumers: number | null }[];
  outbox: { waiting: number; oldestSeconds: number | null };
  /** `late`: for how many seconds the job that is due longest has been. */
  jobs: { queued: number; running: number; failed: number; lateSeconds: number };
  deadLetters: number | null;
  /** Null while the database does not answer. */
  processes: RunningProcess[] | null;
  standAlone: boolean;
  siblings: string[];
}
