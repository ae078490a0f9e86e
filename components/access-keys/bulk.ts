"use client";

import { Ban } from "lucide-react";
import type { AccessKeyFilter } from "@/server/domain/customer/schemas";
import type { BulkKind } from "../data-table/use-bulk";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useRight } from "../shell/session";
import { trpc } from "../trpc";

const NONE: readonly never[] = [];

/** What can be done with many access keys: revoke them. @param off where the keys are revoked already */
export function useKeyBulk(off = false): readonly BulkKind<AccessKeyFilter>[] {
  const t = useT();
  const mayRevoke = useRight("access-key:revoke");
  const revokeMany = trpc.accessKey.revokeMany.useMutation(useIdempotency());
  if (off || !mayRevoke) return NONE;
  return [
    {
      type: "access-key.revoke-many",
      label: t("keys.revokeMany"),
      icon: Ban,
      danger: true,
      typed: true,
      question: (count) => t("keys.revokeManyTitle", { count }),
      consequence: t("keys.revokeManyText"),
      verb: (count) => t("keys.revokeManyVerb", { count }),
      start: revokeMany.mutateAsync,
    },
  ];
}
