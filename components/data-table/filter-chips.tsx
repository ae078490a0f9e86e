"use client";

import { Plus, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { Button, LinkButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu, MenuItem } from "../ui/menu";
import type { IconShape } from "../ui/icon";

export interface FilterField {
  name: string;
  /** "E-mail is" */
  label: string;
  icon: IconShape;
  placeholder: string;
  /** Null for what was typed well, else what is wrong with it. */
  check?: (text: string) => string | null;
}

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
        <Chip
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

function Chip({
  field,
  value,
  startOpen,
  onChange,
  onDismiss,
}: {
  field: FilterField;
  value: string;
  startOpen: boolean;
  onChange: (value: string) => void;
  onDismiss: () => void;
}) {
  const t = useT();
  const [open, setOpen] = useState(startOpen);
  const [wrong, setWrong] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setWrong(null);
    if (value === "") onDismiss();
  };
  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <Popover.Anchor asChild>
        <span className="chip">
          <Popover.Trigger asChild>
            <button type="button" aria-label={t("list.changeFilter", { filter: `${field.label} ${value}` })}>
              <span className="muted">{field.label}</span> <b>{value === "" ? "…" : value}</b>
            </button>
          </Popover.Trigger>
          <button
            type="button"
            aria-label={t("list.removeFilter", { filter: field.label })}
            title={t("list.removeFilter", { filter: field.label })}
            onClick={() => onChange("")}
          >
            <Icon of={X} size="sm" />
          </button>
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content className="popover" align="start" sideOffset={4} collisionPadding={8} aria-label={field.label}>
          <form
            className="stack stack--sm"
            role="search"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get("value") ?? "").trim();
              const problem = text === "" ? null : (field.check?.(text) ?? null);
              setWrong(problem);
              if (problem !== null) return;
              setOpen(false);
              onChange(text);
            }}
          >
            <label className="field__label" htmlFor={`filter-${field.name}`}>
              {field.label}
            </label>
            <input
              className="input"
              id={`filter-${field.name}`}
              name="value"
              autoComplete="off"
              spellCheck={false}
              defaultValue={value}
              placeholder={field.placeholder}
              aria-invalid={wrong !== null || undefined}
              aria-describedby={wrong === null ? undefined : `filter-${field.name}-error`}
            />
            {wrong !== null && (
              <p className="field__error" id={`filter-${field.name}-error`}>
                {wrong}
              </p>
            )}
            <Button type="submit" tone="primary" size="sm">
              {t("list.apply")}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
