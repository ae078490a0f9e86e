"use client";

import { ArchiveRestore, Trash2 } from "lucide-react";
import type { CustomerFilter } from "@/server/domain/customer/schemas";
import type { BulkKind } from "../data-table/use-bulk";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useRight } from "../shell/session";
import { trpc } from "../trpc";

/** What can be done with many customers: delete live ones, restore deleted ones. */
export function useCustomerBulk(deleted: boolean): readonly BulkKind<CustomerFilter>[] {
  const t = useT();
  const mayDelete = useRight("customer:delete");
  const mayRestore = useRight("customer:restore");
  const options = useIdempotency();
  const deleteMany = trpc.customer.deleteMany.useMutation(options);
  const restoreMany = trpc.customer.restoreMany.useMutation(options);
  if (deleted)
    return mayRestore
      ? [
          {
            type: "customer.restore-many",
            label: t("customers.restoreMany"),
            icon: ArchiveRestore,
            question: (count) => t("customers.restoreManyTitle", { count }),
            consequence: t("customers.restoreManyText"),
            verb: (count) => t("customers.restoreManyVerb", { count }),
            start: restoreMany.mutateAsync,
          },
        ]
      : [];
  return mayDelete
    ? [
        {
          type: "customer.delete-many",
          label: t("customers.deleteMany"),
          icon: Trash2,
          danger: true,
          typed: true,
          question: (count) => t("customers.deleteManyTitle", { count }),
          consequence: t("customers.deleteManyText"),
          verb: (count) => t("customers.deleteManyVerb", { count }),
          start: deleteMany.mutateAsync,
        },
      ]
    : [];
}
