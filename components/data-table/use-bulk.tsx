"use client";

import dynamic from "next/dynamic";
import { useState, type ComponentType, type ReactNode } from "react";
import { useOnceOpen } from "../lib/use-once-open";
import type { IconShape } from "../ui/icon";
import type { BulkAction, Chosen } from "./selection-bar";

const BulkDialog = dynamic(() => import("./bulk-dialog").then((module) => module.BulkDialog), { ssr: false });

/** Something that a job does with many records. */
export interface BulkKind<Filter extends object> {
  /** The job's type. */
  type: string;
  label: string;
  icon: IconShape;
  danger?: boolean;
  /** "Delete 12 customers?" */
  question: (count: number) => string;
  /** What goes with it, and whether it can be taken back. */
  consequence: string;
  /** The verb of the button. */
  verb: (count: number) => string;
  /** Whether the number of records has to be typed. */
  typed?: boolean;
  /** Whether the page of the job is shown when it has begun: where something is to be fetched there. */
  follow?: boolean;
  /** What is found out about the records before they are changed. */
  Warning?: ComponentType<{ input: { ids: string[] } | { filter: object } }>;
  start: (input: { ids: string[] } | { filter: Filter }) => Promise<{ id: string; count: number }>;
}

export interface BulkRequest {
  chosen: Chosen;
  count: { count: number; estimated: boolean };
  done: () => void;
}

/**
 * Actions for a list's selection that run as jobs, and the dialog that asks before.
 * @param filter what "all that match" means: the filter of the list's request
 */
export function useBulk<Filter extends object>(
  kinds: readonly BulkKind<Filter>[],
  filter: Filter,
): { actions: BulkAction[]; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ kind: BulkKind<Filter>; request: BulkRequest } | null>(null);
  const [open, setOpen] = useState(false);
  const seen = useOnceOpen(open);
  return {
    actions: kinds.map((kind) => ({
      name: kind.type,
      label: kind.label,
      icon: kind.icon,
      danger: kind.danger,
      onChoose: (chosen, count, done) => {
        setAsked({ kind, request: { chosen, count, done } });
        setOpen(true);
      },
    })),
    dialog: seen && asked !== null && (
      <BulkDialog
        kind={asked.kind as BulkKind<object>}
        request={asked.request}
        filter={filter}
        open={open}
        onClose={() => setOpen(false)}
      />
    ),
  };
}
