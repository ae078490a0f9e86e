"use client";

import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { useIdempotency } from "../lib/idempotency";
import { trpc } from "../trpc";
import { toast } from "../ui/toast";
import { customerName } from "./customer-name";

/** Brings a deleted customer back, and says so. */
export function useRestoreCustomer() {
  const t = useT();
  const utils = trpc.useUtils();
  const restore = trpc.customer.restore.useMutation({
    ...useIdempotency(),
    onSuccess: async (customer) => {
      toast.success(t("customers.restored", { name: customerName(customer) }));
      await utils.customer.invalidate();
    },
    onError: (error) => toast.error(t("customers.restoreFailed"), { description: describeFailure(error, t).message }),
  });
  return {
    busy: restore.isPending,
    restore: (id: string) => {
      if (!restore.isPending) restore.mutate({ id });
    },
  };
}
