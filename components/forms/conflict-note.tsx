"use client";

import { GitMerge } from "lucide-react";
import { useEffect, useRef } from "react";
import { useWatch, type FieldValues, type Path, type PathValue, type UseFormReturn } from "react-hook-form";
import { useT } from "../i18n/provider";
import { Note } from "../ui/note";
import { Segmented } from "../ui/segmented";
import { Time } from "../ui/time";
import type { Conflict, ConflictingField } from "./use-conflict";

interface Props<Values extends FieldValues, Output> {
  conflict: Conflict | null;
  form: UseFormReturn<Values, unknown, Output>;
  /** What fields are called. */
  labels: Partial<Record<Path<Values>, string>>;
}

/** Who else has changed the record, which fields, and for those that were changed here too, whose value is to stay. */
export function ConflictNote<Values extends FieldValues, Output>({ conflict, form, labels }: Props<Values, Output>) {
  const t = useT();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (conflict !== null) note.current?.focus();
  }, [conflict]);
  if (conflict === null) return null;
  const { by, at, fields } = conflict;
  return (
    <div ref={note} tabIndex={-1} className="conflict">
      <Note tone="warn" icon={GitMerge} role="alert">
        <p className="strong">
          {by === "" ? t("forms.changedMeanwhile") : t("forms.changedMeanwhileBy", { name: by })} <Time value={at} />
        </p>
        <p>{t(fields.some(({ mine }) => mine !== null) ? "forms.changedChoose" : "forms.changedTaken")}</p>
        <ul className="conflict__fields">
          {fields.map((field) => (
            <ConflictRow key={field.name} field={field} form={form} label={labels[field.name as Path<Values>] ?? ""} />
          ))}
        </ul>
      </Note>
    </div>
  );
}

function ConflictRow<Values extends FieldValues, Output>({
  field: { name, theirs, mine },
  form,
  label,
}: {
  field: ConflictingField;
  form: UseFormReturn<Values, unknown, Output>;
  label: string;
}) {
  const t = useT();
  const path = name as Path<Values>;
  const present: unknown = useWatch({ control: form.control, name: path });
  const choose = (whose: "theirs" | "mine") =>
    form.setValue(path, (whose === "theirs" ? theirs : (mine ?? "")) as PathValue<Values, Path<Values>>, {
      shouldDirty: true,
      shouldValidate: true,
    });
  const shown = (value: string) => (value === "" ? <span className="muted">{t("forms.emptyValue")}</span> : value);
  return (
    <li className="conflict__field">
      <span className="strong">{label}</span>
      <dl>
        <dt>{t("forms.theirs")}</dt>
        <dd>{shown(theirs)}</dd>
        {mine !== null && (
          <>
            <dt>{t("forms.yours")}</dt>
            <dd>{shown(mine)}</dd>
          </>
        )}
      </dl>
      {mine !== null && (
        <Segmented
          label={t("forms.whoseValue", { field: label })}
          value={present === theirs ? "theirs" : "mine"}
          options={[
            { value: "mine", label: t("forms.keepMine") },
            { value: "theirs", label: t("forms.takeTheirs") },
          ]}
          onChange={choose}
        />
      )}
    </li>
  );
}
