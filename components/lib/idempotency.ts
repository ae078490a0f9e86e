import type { TRPCLink } from "@trpc/client";
import { tap } from "@trpc/server/observable";
import { useState } from "react";
import type { AppRouter } from "@/server/trpc/root";
import { newKey } from "./keys";

/** The idempotency key of the change that one place of a page sends. */
interface HeldKey {
  /** The same while the same change is sent again. */
  keyFor: (change: string) => string;
  /** The change with this key has taken effect: the next one is another, even where it says the same. */
  done: (key: string) => void;
}

function holdKey(): HeldKey {
  let key = "";
  let of = "";
  return {
    keyFor(change) {
      if (change !== of || key === "") key = newKey();
      of = change;
      return key;
    },
    done(taken) {
      if (taken === key) key = "";
    },
  };
}

/** Options for mutations: what is sent again as it was, after its answer was lost, takes effect once. */
export function useIdempotency() {
  const [options] = useState(() => ({ trpc: { context: { heldKey: holdKey() } } }));
  return options;
}

/** Gives each change of a place with `useIdempotency` its key, and a new one after it has succeeded. */
export const idempotencyLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const held = op.context.heldKey as HeldKey | undefined;
    if (held === undefined) return next(op);
    const idempotencyKey = held.keyFor(JSON.stringify([op.path, op.input]));
    return next({ ...op, context: { ...op.context, idempotencyKey } }).pipe(
      tap({ next: () => held.done(idempotencyKey) }),
    );
  };
