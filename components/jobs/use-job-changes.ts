"use client";

import { useRouter } from "next/navigation";
import { useIdempotency } from "../lib/idempotency";
import { trpc } from "../trpc";
import { useFailureToast } from "../ui/use-failure-toast";

/** Cancels, tries again and takes back jobs. */
export function useJobChanges() {
  const router = useRouter();
  const utils = trpc.useUtils();
  const done = () => utils.job.invalidate();
  const options = { ...useIdempotency(), onSuccess: done, onError: useFailureToast() };
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
  const send = (change: typeof cancel | typeof retry | typeof undo) => (id: string) => {
    if (!busy) change.mutate({ id });
  };
  return { busy, cancel: send(cancel), retry: send(retry), undo: send(undo) };
}
