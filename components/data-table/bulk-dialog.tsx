"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { Loaded } from "../ui/loaded";
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
  const counted = useCount(props);
  const count = counted.data?.count;
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
      <Loaded query={counted} lines={1}>
        {() => Warning !== undefined && <Warning input={input} />}
      </Loaded>
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
  const { isError, error, refetch } = query;
  return { data: all ? query.data : request.count, isError, error, refetch };
}
