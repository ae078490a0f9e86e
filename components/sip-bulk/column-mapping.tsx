"use client";

import { EXTENSION_COLUMNS, TRUNK_COLUMNS, type ImportField, type ImportKind } from "@/server/domain/registrar/limits";
import type { ImportPreview } from "@/server/domain/registrar/schemas";
import { SelectField } from "../forms/field";
import { useT } from "../i18n/provider";
import { plainField } from "./plain-field";

/** Which column of the file is which field. */
export function ColumnMapping({
  kind,
  preview: { columns, mapping },
  onChange,
}: {
  kind: ImportKind;
  preview: ImportPreview;
  onChange: (mapping: ImportPreview["mapping"]) => void;
}) {
  const t = useT();
  const fields: readonly ImportField[] = kind === "extensions" ? EXTENSION_COLUMNS : TRUNK_COLUMNS;
  const choose = (field: ImportField, value: string): void => {
    const rest = Object.entries(mapping).filter(([each]) => each !== field);
    onChange(Object.fromEntries(value === "" ? rest : [...rest, [field, Number(value)]]));
  };
  return (
    <div className="mapping">
      {fields.map((field) => (
        <SelectField
          key={field}
          label={t(`sipImport.fields.${field}`)}
          value={mapping[field] ?? ""}
          field={plainField(field, (value) => choose(field, value))}
        >
          <option value="">{t("sipImport.notInFile")}</option>
          {columns.map((name, index) => (
            <option key={index} value={index}>
              {name === "" ? t("sipImport.column", { number: index + 1 }) : name}
            </option>
          ))}
        </SelectField>
      ))}
    </div>
  );
}
