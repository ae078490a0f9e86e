import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
import { pageInput } from "@/server/kernel/pagination";

/** How the SIP records and what Asterisk and Kamailio read can differ. */
export const DRIFT_KINDS = [
  /** Rows of Asterisk's without a live extension: a ghost that can register. */
  "orphan",
  /** A live record that lacks a row, or whose row cannot be found under its spelling. */
  "missing",
  /** A user name, a password or how it is checked. */
  "credential",
  "realm",
  /** A record that has no realm of its own: very old extensions. */
  "no-realm",
  /** Registrations of an endpoint that there is not. */
  "contact",
  /** A row of Kamailio's that stayed when its record was deleted. */
  "left-over",
  /** Live records that claim one user name in one realm. */
  "duplicate",
  /** Rows of Asterisk's that do not look like ours: made by hand, and left alone. */
  "foreign",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** What is compared, and mended, as one. */
export const DRIFT_TARGETS = ["account", "trunk", "auth", "name", "foreign"] as const;
export type DriftTarget = (typeof DRIFT_TARGETS)[number];

/** Kinds that are mended only where somebody asks for that kind: one is a matter of choice, one is not ours. */
export const BY_CHOICE: readonly DriftKind[] = ["duplicate", "foreign"];

export const driftFilter = z.object({
  kind: z.enum(DRIFT_KINDS).optional(),
  customerId: idInput.optional(),
});
export type DriftFilter = z.infer<typeof driftFilter>;

export const listDriftInput = z.object({ filter: driftFilter.default({}), ...pageInput.shape });
export type ListDriftInput = z.input<typeof listDriftInput>;

export const driftIdInput = z.object({ id: idInput });
export type DriftIdInput = z.input<typeof driftIdInput>;

/** One row that is not as it should be. */
export interface DriftDifference {
  table: string;
  wrong: string;
  /** The columns that differ; never what is in them. */
  columns: readonly string[];
}

export interface DriftFinding {
  id: string;
  kind: DriftKind;
  target: DriftTarget;
  /** The key of Asterisk's rows, or the record's id. */
  subject: string;
  customerId: string | null;
  record: { type: "extension" | "trunk"; id: string } | null;
  differences: DriftDifference[];
  tmFound: string;
  tmSeen: string;
}

/** One row that a repair would write; secrets as dots. */
export interface DriftStep {
  database: "asterisk" | "bin_manager";
  table: string;
  action: "insert" | "update" | "delete";
  /** Which row, or how many. */
  key: string;
  values: Record<string, string>;
}

export interface DriftPlan {
  finding: DriftFinding;
  /** Empty where the difference is gone, or nothing can be written. */
  steps: DriftStep[];
  /** `gone`: it is right by now. `by-hand`: somebody has to decide. */
  state: "mendable" | "gone" | "by-hand";
}

export interface DriftRepair {
  state: "repaired" | "gone";
}

/** How a comparison went, or goes. */
export interface DriftPass {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Who asked for it; null for the schedule. */
  by: string | null;
  tmStart: string;
  tmFinish: string | null;
  /** Rows that were compared, of both databases. */
  compared: number;
  /** Differences that were not kept, because there are too many. */
  beyond: number;
}

export interface DriftState {
  /** The last that came to its end. */
  last: DriftPass | null;
  /** The one that is under way. */
  running: DriftPass | null;
  counts: Record<DriftKind, number>;
}
