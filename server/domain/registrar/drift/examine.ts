import type { Context } from "@/server/kernel/context";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { examineAccount } from "./account";
import { examineAuth, examineTrunk } from "./auth";
import { examineForeign } from "./foreign";
import { examineName } from "./name";
import type { DriftDifference, DriftKind, DriftStep, DriftTarget } from "./schemas";

/** One thing as both sides have it, under locks: what is wrong with it, and how it is mended. */
export interface Examination {
  customerId: string | null;
  record: { type: "extension" | "trunk"; id: string } | null;
  /** By kind; empty where both sides agree. */
  wrong: Map<DriftKind, DriftDifference[]>;
  /** What {@link mend} writes. */
  steps: DriftStep[];
  /** Writes it, in the transaction of the examination; null where somebody has to decide. */
  mend: (() => void) | null;
}

export const RIGHT: Examination = { customerId: null, record: null, wrong: new Map(), steps: [], mend: null };

export const addTo = (wrong: Examination["wrong"], kind: DriftKind, difference: DriftDifference): void =>
  void wrong.set(kind, [...(wrong.get(kind) ?? []), difference]);

/** In place of a secret, whatever it is. */
export const DOTS = "••••••••";

type Examine = (ctx: Context, tx: Transaction, subject: string) => Promise<Examination>;
const EXAMINE: Record<DriftTarget, Examine> = {
  account: examineAccount,
  trunk: examineTrunk,
  auth: examineAuth,
  name: examineName,
  foreign: examineForeign,
};

/**
 * Looks at one thing while nobody can change it, and does something with what was seen: a difference that is seen
 * without a lock may be a change that is going on.
 */
export const examining = <T>(
  ctx: Context,
  { target, subject }: { target: DriftTarget; subject: string },
  then: (tx: Transaction, seen: Examination) => T | Promise<T>,
): Promise<T> =>
  inTransaction(ctx, async (tx) => await then(tx, await EXAMINE[target](ctx, tx, subject)), { excluding: true });
