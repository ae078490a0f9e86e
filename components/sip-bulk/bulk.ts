"use client";

import { ArchiveRestore, KeyRound, Trash2 } from "lucide-react";
import type { BulkKind } from "../data-table/use-bulk";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useSession } from "../shell/session";
import type { AccountKind } from "../sip/account";

type Start<Filter extends object> = BulkKind<Filter>["start"];

interface Procedure<Filter extends object> {
  useMutation(options: { trpc: { context: Record<string, unknown> } }): {
    mutateAsync: Start<Filter>;
  };
}

/** The procedures on many that every kind of account has. */
interface Procedures<Filter extends object> {
  deleteMany: Procedure<Filter>;
  restoreMany: Procedure<Filter>;
  rotatePasswords: Procedure<Filter>;
}

const SHAPE = {
  delete: { icon: Trash2, danger: true, typed: true },
  restore: { icon: ArchiveRestore, follow: true },
  rotate: { icon: KeyRound, typed: true, follow: true },
} as const;

/**
 * What can be done with many accounts: delete live ones and give them new passwords, restore deleted ones.
 * @param DeleteWarning what is found out before they are deleted
 */
export function useAccountBulk<Filter extends object>(
  kind: AccountKind,
  procedures: Procedures<Filter>,
  deleted: boolean,
  DeleteWarning?: BulkKind<Filter>["Warning"],
): readonly BulkKind<Filter>[] {
  const t = useT();
  const { rights } = useSession();
  const options = useIdempotency();
  const rotate = procedures.rotatePasswords.useMutation(options);
  const remove = procedures.deleteMany.useMutation(options);
  const restore = procedures.restoreMany.useMutation(options);
  const action = (verb: keyof typeof SHAPE, start: Start<Filter>): BulkKind<Filter> => ({
    type: `${kind}.${verb}-many`,
    label: t(`sipBulk.${verb}Many`),
    ...SHAPE[verb],
    question: (count) => t(`sipBulk.${kind}s.${verb}Title`, { count }),
    consequence: t(`sipBulk.${kind}s.${verb}Text`),
    verb: (count) => t(`sipBulk.${kind}s.${verb}Verb`, { count }),
    start,
  });
  if (deleted) return rights.includes(`${kind}:restore`) ? [action("restore", restore.mutateAsync)] : [];
  return [
    ...(rights.includes(`${kind}:update`) ? [action("rotate", rotate.mutateAsync)] : []),
    ...(rights.includes(`${kind}:delete`) ? [{ ...action("delete", remove.mutateAsync), Warning: DeleteWarning }] : []),
  ];
}
