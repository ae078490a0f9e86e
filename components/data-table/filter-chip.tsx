"use client";

import { X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState, type FormEvent } from "react";
import { UUID } from "@/db/uuid";
import { CustomerPicker } from "../customers/customer-picker";
import { customerName } from "../customers/customer-name";
import { useI18n, useT } from "../i18n/provider";
import type { Translate } from "../i18n/translate";
import { shortId } from "../lib/keys";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { FilterField } from "./filter-field";
import { parseDays } from "./list-params";

interface FilterChipProps {
  field: FilterField;
  value: string;
  startOpen: boolean;
  /** An empty text removes the filter. */
  onChange: (value: string) => void;
  onDismiss: () => void;
}

/** One filter: what it says, and a small form to change it. */
export function FilterChip({ field, value, startOpen, onChange, onDismiss }: FilterChipProps) {
  const { t, format } = useI18n();
  const [open, setOpen] = useState(startOpen);
  const close = () => {
    setOpen(false);
    if (value === "") onDismiss();
  };
  const called = useCustomerName(field.kind === "customer" ? value : "");
  const shown = called ?? describeFilter(field, value, t, format);
  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <Popover.Anchor asChild>
        <span className="chip">
          <Popover.Trigger asChild>
            <button type="button" aria-label={t("list.changeFilter", { filter: `${field.label} ${shown}` })}>
              <span className="muted">{field.label}</span> <b>{value === "" ? "…" : shown}</b>
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
          <FilterForm
            field={field}
            value={value}
            onApply={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What the customer of an id is called; null for no id. */
function useCustomerName(id: string): string | null {
  const { data } = trpc.customer.get.useQuery({ id }, { enabled: UUID.test(id), retry: false });
  return id === "" ? null : data === undefined ? shortId(id) : customerName(data);
}

/** The value as a sentence goes on: a choice by its label, days by their dates. */
function describeFilter(field: FilterField, value: string, t: Translate, format: string): string {
  if (field.kind === "choice") return field.options.find((option) => option.value === value)?.label ?? value;
  if (field.kind !== "days") return value;
  const days = parseDays(value);
  if (days === null) return value;
  const show = (day: string) =>
    new Intl.DateTimeFormat(format, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
      new Date(day),
    );
  if (days.to === "") return t("list.daysFrom", { from: show(days.from) });
  if (days.from === "") return t("list.daysTo", { to: show(days.to) });
  return days.from === days.to ? show(days.from) : t("list.daysBetween", { from: show(days.from), to: show(days.to) });
}

interface FilterFormProps {
  field: FilterField;
  value: string;
  onApply: (value: string) => void;
}

function FilterForm({ field, ...props }: FilterFormProps) {
  if (field.kind !== "customer") return <TypedFilterForm {...props} field={field} />;
  return <CustomerPicker label={field.label} picked={null} onPick={(chosen) => chosen && props.onApply(chosen.id)} />;
}

function TypedFilterForm({
  field,
  value,
  onApply,
}: FilterFormProps & { field: Exclude<FilterField, { kind: "customer" }> }) {
  const t = useT();
  const [wrong, setWrong] = useState<string | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string): string => {
      const text = form.get(name);
      return typeof text === "string" ? text.trim() : "";
    };
    const text =
      field.kind === "days"
        ? read("from") + read("to") === ""
          ? ""
          : `${read("from")}..${read("to")}`
        : read("value");
    const problem = text === "" ? null : whatIsWrong(field, text, t);
    setWrong(problem);
    if (problem === null) onApply(text);
  };
  const id = `filter-${field.name}`;
  const described = {
    "aria-invalid": wrong !== null || undefined,
    "aria-describedby": wrong === null ? undefined : `${id}-error`,
  };
  return (
    <form className="stack stack--sm" role="search" noValidate onSubmit={onSubmit}>
      {field.kind === "choice" ? (
        <fieldset className="stack stack--xs">
          <legend className="field__label">{field.label}</legend>
          {field.options.map((option, index) => (
            <label className="check" key={option.value}>
              <input
                type="radio"
                name="value"
                value={option.value}
                defaultChecked={value === "" ? index === 0 : option.value === value}
              />
              {option.label}
            </label>
          ))}
        </fieldset>
      ) : field.kind === "days" ? (
        (["from", "to"] as const).map((end) => (
          <label className="stack stack--xs" key={end}>
            <span className="field__label">{t(end === "from" ? "list.firstDay" : "list.lastDay")}</span>
            <input
              className="input"
              type="date"
              name={end}
              max="9998-12-31"
              defaultValue={parseDays(value)?.[end] ?? ""}
              {...described}
            />
          </label>
        ))
      ) : (
        <>
          <label className="field__label" htmlFor={id}>
            {field.label}
          </label>
          <input
            className="input"
            id={id}
            name="value"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value}
            placeholder={field.placeholder}
            {...described}
          />
        </>
      )}
      {wrong !== null && (
        <p className="field__error" id={`${id}-error`}>
          {wrong}
        </p>
      )}
      <Button type="submit" tone="primary" size="sm">
        {t("list.apply")}
      </Button>
    </form>
  );
}

function whatIsWrong(field: FilterField, text: string, t: Translate): string | null {
  if (field.kind === "choice" || field.kind === "customer") return null;
  if (field.kind !== "days") return field.check?.(text) ?? null;
  const days = parseDays(text);
  if (days === null) return t("list.dayWrong");
  return days.from !== "" && days.to !== "" && days.from > days.to ? t("list.daysWrong") : null;
}
