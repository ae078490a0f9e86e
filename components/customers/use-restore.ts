"use client";

import { toast } from "../ui/toast";
import { useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { trpc } from "../trpc";
import { customerName } from "./customer-name";

/** Brings a deleted customer back, and says so. */
export function useRestoreCustomer() {
  const t = useT();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const restore = trpc.customer.restore.useMutation({
    trpc: { context: idempotency.context },
    onSuccess: async (customer) => {
      idempotency.done();
      toast.success(t("customers.restored", { name: customerName(customer) }));
      await utils.customer.invalidate();
    },
    onError: (error) => toast.error(t("customers.restoreFailed"), { description: describeFailure(error, t).message }),
  });
  return {
    busy: restore.isPending,
    restore: (id: string) => {
      if (restore.isPending) return;
      idempotency.prepare({ id });
      restore.mutate({ id });
    },
  };
}
