"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";
import { toast } from "../ui/toast";
import type { BulkKind, BulkRequest } from "./use-bulk";

interface BulkDialogProps {
  kind: BulkKind<object>;
  request: BulkRequest;
  filter: object;
  open: boolean;
  onClose: () => void;
}

/** Says how many records it is about, counted now, and what goes with it. */
export function BulkDialog(props: BulkDialogProps) {
  const { kind, request, filter, open, onClose } = props;
  const t = useT();
  const utils = trpc.useUtils();
  const { push } = useRouter();
  const { count, failed, countAgain } = useCount(props);
  const { Warning } = kind;
  const input = "ids" in request.chosen ? { ids: request.chosen.ids } : { filter };
  const shown = count ?? request.count.count;
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={kind.question(shown)}
      text={kind.consequence}
      submit={kind.verb(shown)}
      danger={kind.danger}
      typed={
        kind.typed === true && count !== undefined
          ? {
              expected: String(count),
              digits: true,
              label: t("jobs.typeCount", { count }),
              wrong: t("jobs.wrongCount"),
            }
          : undefined
      }
      onSubmit={async () => {
        if (count === undefined) return;
        const { id } = await kind.start(input);
        request.done();
        onClose();
        toast(t("jobs.started", { count }));
        if (kind.follow === true) push(`/operations/jobs/${id}`);
        await utils.job.invalidate();
      }}
    >
      {count !== undefined ? (
        Warning !== undefined && <Warning input={input} />
      ) : failed === null ? (
        <SkeletonLines lines={1} label={t("common.loading")} />
      ) : (
        <FailedState error={failed} onRetry={countAgain} />
      )}
    </ConfirmDialog>
  );
}

/** What was chosen one by one is counted; all that match are counted by the server when the dialog opens. */
function useCount({ kind, request, filter, open }: BulkDialogProps) {
  const all = "all" in request.chosen;
  const query = trpc.job.count.useQuery(
    { type: kind.type, filter: { ...filter } },
    { enabled: open && all, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
  );
  return {
    count: all ? query.data?.count : request.count.count,
    failed: all && query.data === undefined ? query.error : null,
    countAgain: () => void query.refetch(),
  };
}
