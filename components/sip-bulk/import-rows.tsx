"use client";

import { CircleX, MinusCircle, Pencil, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { ImportField, ImportKind } from "@/server/domain/registrar/limits";
import type { ImportPreview, ImportRowView } from "@/server/domain/registrar/schemas";
import { DataTable } from "../data-table/data-table";
import { columnsOf, type Column } from "../data-table/features";
import { useI18n } from "../i18n/provider";
import { Card } from "../ui/card";
import type { IconShape, Tone } from "../ui/icon";
import { Segmented } from "../ui/segmented";
import { Badge, Status } from "../ui/status";

const LOOK: Record<ImportRowView["verdict"], { tone: Tone; icon: IconShape }> = {
  create: { tone: "ok", icon: Plus },
  change: { tone: "info", icon: Pencil },
  unchanged: { tone: "idle", icon: MinusCircle },
  wrong: { tone: "bad", icon: CircleX },
};
const idOf = ({ line }: ImportRowView): string => String(line);

/** What would become of the first rows, or of the first ones that are wrong. */
export function ImportRows({ kind, preview, busy }: { kind: ImportKind; preview: ImportPreview; busy: boolean }) {
  const { t } = useI18n();
  const [wrongOnly, setWrongOnly] = useState(false);
  const { first, wrong, counts, total } = preview;
  const shown = wrongOnly && wrong.length > 0 ? wrong : first;
  const of = shown === wrong ? counts.wrong : total;
  return (
    <Card
      table
      id="import-rows"
      title={t("sipImport.rows")}
      count={shown.length < of ? t("sipImport.firstOf", { shown: shown.length, total: of }) : undefined}
      aside={
        wrong.length > 0 && (
          <Segmented
            label={t("sipImport.rows")}
            value={wrongOnly ? "wrong" : "all"}
            options={[
              { value: "all", label: t("sipImport.all") },
              { value: "wrong", label: t("sipImport.wrongOnly", { count: counts.wrong }) },
            ]}
            onChange={(value) => setWrongOnly(value === "wrong")}
          />
        )
      }
    >
      <DataTable
        tall
        name={`import-${kind}`}
        caption={t("sipImport.rows")}
        columns={useColumns(kind)}
        rows={shown}
        rowId={idOf}
        busy={busy}
      />
    </Card>
  );
}

function useColumns(kind: ImportKind): Column<ImportRowView>[] {
  const { t } = useI18n();
  return useMemo(() => {
    const column = columnsOf<ImportRowView>();
    return column.columns([
      column.display({
        id: "account",
        meta: { label: t(`sipImport.${kind}.record`), rowHead: true },
        cell: ({ row: { original } }) => (
          <div className="two">
            <span className="trunc">{original.label === "" ? "–" : original.label}</span>
            <span className="trunc">{original.name}</span>
          </div>
        ),
      }),
      column.display({
        id: "line",
        meta: { label: t("sipImport.line"), numeric: true, width: "5rem" },
        cell: ({ row }) => row.original.line,
      }),
      column.display({
        id: "verdict",
        meta: { label: t("sipImport.verdict"), width: "10rem" },
        cell: ({ row: { original } }) => {
          const Shape = original.verdict === "wrong" ? Badge : Status;
          return <Shape {...LOOK[original.verdict]}>{t(`sipImport.verdicts.${original.verdict}`)}</Shape>;
        },
      }),
      column.display({
        id: "why",
        meta: { label: t("sipImport.why"), wholeLine: true },
        cell: ({ row: { original } }) => <span className="muted wrap">{wordsOf(t, original)}</span>,
      }),
    ]) as Column<ImportRowView>[];
  }, [t, kind]);
}

function wordsOf(t: ReturnType<typeof useI18n>["t"], { verdict, changes, message }: ImportRowView): string {
  if (verdict === "wrong") return message;
  return changes.map((field) => t(`sipImport.fields.${field as ImportField}`)).join(", ");
}
