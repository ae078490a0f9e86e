"use client";

import { useMemo } from "react";
import { useIdempotency } from "../forms/use-form-submit";
import { trpc } from "../trpc";
import type { AccountKind } from "./account";

/** For calls that change accounts. Answers with passwords are kept in no cache. */
export function useAccountCalls(kind: AccountKind) {
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  return useMemo(
    () => ({
      /** Of the mutations. */
      options: { trpc: { context: idempotency.context }, gcTime: 0 },
      /**
       * Calls, and has everything about accounts of the kind read again. The same again takes effect once.
       * @param what all that tells this call from others
       */
      async once<Answer>(what: object, call: () => Promise<Answer>): Promise<Answer> {
        idempotency.prepare(what);
        const answer = await call();
        idempotency.done();
        void utils[kind].invalidate();
        return answer;
      },
    }),
    [kind, utils, idempotency],
  );
}
