"use client";

import { useRouter } from "next/navigation";
import { useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { trpc } from "../trpc";
import { toast } from "../ui/toast";

/** Cancels, tries again and takes back jobs. */
export function useJobChanges() {
  const t = useT();
  const router = useRouter();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const done = async () => {
    idempotency.done();
    await utils.job.invalidate();
  };
  const options = {
    trpc: { context: idempotency.context },
    onSuccess: done,
    onError: (error: unknown) => toast.error(describeFailure(error, t).message),
  };
  const cancel = trpc.job.cancel.useMutation(options);
  const retry = trpc.job.retry.useMutation(options);
  const undo = trpc.job.undo.useMutation({
    ...options,
    onSuccess: async ({ id }) => {
      await done();
      router.push(`/operations/jobs/${id}`);
    },
  });
  const busy = cancel.isPending || retry.isPending || undo.isPending;
  const send = (change: typeof cancel | typeof retry | typeof undo, what: string) => (id: string) => {
    if (busy) return;
    idempotency.prepare({ what, id });
    change.mutate({ id });
  };
  return { busy, cancel: send(cancel, "cancel"), retry: send(retry, "retry"), undo: send(undo, "undo") };
}
