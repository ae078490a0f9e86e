/** A recorded scenario (server/testing/wire/README.md). */
export interface Vector {
  scenario: string;
  about?: string;
  answers?: SiblingAnswer[];
  provider?: ProviderAnswer[];
  steps: Step[];
}

/** What a played sibling says to a request "METHOD uri" that matches; `reply: null` = it stays silent. */
export interface SiblingAnswer {
  service: string;
  match: string;
  reply?: unknown;
  delayMs?: number;
}

/** What the played number provider says; `after` binds it to an earlier request, `times` to a count. */
export interface ProviderAnswer {
  match: string;
  status?: number;
  body?: unknown;
  raw?: string;
  delayMs?: number;
  hangUp?: boolean;
  after?: string;
  times?: number;
}

export interface RpcCall {
  service: string;
  method?: string;
  uri?: string;
  data?: unknown;
  publisher?: string;
  data_type?: string;
  /** A whole body in place of an envelope. */
  raw?: string;
  timeoutMs?: number;
  /** Only the number of the list's entries matters. */
  count?: boolean;
}

export interface CommandCall {
  command: string;
  args?: string[];
  input?: string;
  env?: Record<string, string>;
}

type DatabaseName = "bin" | "asterisk";

/** What a step does. */
export interface Action {
  rpc?: RpcCall;
  event?: { service: string; type?: string; publisher?: string; data?: unknown; raw?: string; waitMs?: number };
  sql?: { db: DatabaseName; query: string };
  rows?: { db: DatabaseName; query: string };
  cli?: CommandCall;
  sleepMs?: number;
}

export interface Step extends Action {
  name: string;
  answers?: SiblingAnswer[];
  provider?: ProviderAnswer[];
  /** Kept for later steps: name to dotted path in the result. */
  capture?: Record<string, string>;
  original?: Expectation;
  ours?: OurExpectation;
}

export interface Reply {
  timeout?: boolean;
  status_code?: number;
  data_type?: string;
  data?: unknown;
}

/** `"any"` where it is left to us. */
export interface Expectation {
  reply?: Reply | "any";
  events?: Seen[] | "any";
  siblings?: Seen[] | "any";
  provider?: Seen[] | "any";
  rows?: unknown[] | "any";
  cli?: CommandOutcome | "any";
}

/** Where we decided to differ from the original. */
export interface OurExpectation extends Expectation {
  /** A failure in our form with this status. */
  status?: number;
  siblingsOf?: string[];
  providerOf?: string;
  either?: OurExpectation[];
  orRefused?: boolean;
  silent?: boolean;
}

export interface CommandOutcome {
  exit: number | string;
  output: unknown;
}

/** A message or request that was noticed, with the keys that it came with. */
export type Seen = Record<string, unknown>;

export interface StepResult {
  reply?: Reply;
  events?: Seen[];
  siblings?: Seen[];
  provider?: Seen[];
  rows?: unknown[];
  cli?: CommandOutcome;
}
