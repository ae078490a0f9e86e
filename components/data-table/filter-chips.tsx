"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { LinkButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu, MenuItem } from "../ui/menu";
import type { FilterField } from "./filter-field";

// A list without filters, as most are, does not need it.
const FilterChip = dynamic(() => import("./filter-chip").then((module) => module.FilterChip));

interface FilterChipsProps {
  fields: readonly FilterField[];
  values: Readonly<Record<string, string>>;
  /** An empty text removes the filter. */
  onChange: (name: string, value: string) => void;
  onClear: () => void;
}

/** Filters that read as a sentence: each can be changed or removed, and more can be added. */
export function FilterChips({ fields, values, onChange, onClear }: FilterChipsProps) {
  const t = useT();
  const [adding, setAdding] = useState<string | null>(null);
  const set = fields.filter(({ name }) => (values[name] ?? "") !== "" || name === adding);
  const unset = fields.filter(({ name }) => !set.some((each) => each.name === name));
  return (
    <>
      {set.map((field) => (
        <FilterChip
          key={field.name}
          field={field}
          value={values[field.name] ?? ""}
          startOpen={field.name === adding}
          onChange={(value) => {
            setAdding(null);
            onChange(field.name, value);
          }}
          onDismiss={() => setAdding(null)}
        />
      ))}
      {unset.length > 0 && (
        <Menu
          align="start"
          trigger={
            <button type="button" className="chip chip--add">
              <Icon of={Plus} size="sm" />
              {t("list.filter")}
            </button>
          }
        >
          {unset.map(({ name, label, icon }) => (
            <MenuItem key={name} icon={icon} onSelect={() => setAdding(name)}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      )}
      {set.length > 0 && adding === null && <LinkButton onClick={onClear}>{t("list.clear")}</LinkButton>}
    </>
  );
}
