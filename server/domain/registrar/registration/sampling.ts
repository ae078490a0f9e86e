import type { PoolConnection } from "mysql2";
import type { Database } from "@/db/client";
import { readEndpoint } from "./names";

/** Rows of one read or write. */
export const SAMPLE_BATCH = 1_000;

/** What a look at the registrations has shown. */
export interface Sample {
  /** Numbers that are registered. */
  registered: number;
  ups: string[];
  downs: string[];
  alarms: { id: string; customerId: string | null }[];
}

/** What the parts of a sample share: one transaction, of which all or nothing becomes true. */
export interface Sampling {
  connection: PoolConnection;
  asterisk: Database;
  now: string;
  /** When the sample counts: comings and goings are known to the minute. */
  minute: string;
  nowSeconds: number;
}

/** Whose a number is, as the customer's id; null for what is named otherwise. */
export const customerOf = (endpoint: string): string | null => readEndpoint(endpoint).customerId;

/** An id as the tables keep it. */
export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
