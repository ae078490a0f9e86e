"use client";

import { keepPreviousData } from "@tanstack/react-query";
import clsx from "clsx";
import { Building2 } from "lucide-react";
import { useId, useState, type KeyboardEvent, type Ref } from "react";
import { FieldFrame } from "../forms/field";
import { useT } from "../i18n/provider";
import { useDebounced } from "../shell/use-debounced";
import { trpc } from "../trpc";
import { Icon } from "../ui/icon";
import { customerName } from "./customer-name";

export interface PickedCustomer {
  id: string;
  name: string;
}

const WAIT_MS = 150;
const SHOWN_MOST = 8;

const beginsWith = ({ id, name, email }: { id: string; name: string; email: string }, text: string): boolean =>
  [name, email, id].some((each) => each.toLowerCase().startsWith(text.toLowerCase()));

/** Chooses a live customer by the beginning of his name or e-mail address, or by his whole id. */
export function CustomerPicker({
  label,
  hint,
  error,
  picked,
  onPick,
  inputRef,
  autoFocus = false,
  required = true,
}: {
  label: string;
  hint?: string;
  error?: string;
  picked: PickedCustomer | null;
  onPick: (customer: PickedCustomer | null) => void;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  required?: boolean;
}) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState(picked?.name ?? "");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const asked = useDebounced(text.trim(), WAIT_MS);
  const { data, isPlaceholderData } = trpc.customer.list.useQuery(
    {
      filter: { deleted: false, ...(asked === "" ? {} : { search: asked.slice(0, 255) }) },
      sort: asked === "" ? "tmCreate" : "name",
      direction: asked === "" ? "desc" : "asc",
      size: SHOWN_MOST,
    },
    { enabled: open, placeholderData: keepPreviousData },
  );
  // Until the answer to what is typed now is there, of the last answer only what fits it: Enter must choose nobody else.
  const current = asked === text.trim() && !isPlaceholderData;
  const found = (data?.items ?? []).filter((customer) => current || beginsWith(customer, text.trim()));
  const active = found[Math.min(at, found.length - 1)];

  const choose = (customer: (typeof found)[number]) => {
    const name = customerName(customer);
    setText(name);
    setOpen(false);
    onPick({ id: customer.id, name });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (found.length > 0)
        setAt((Math.min(at, found.length - 1) + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      if (active !== undefined) choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className="picker">
          <div className="input-wrap">
            <Icon of={Building2} />
            <input
              {...wiring}
              ref={inputRef}
              className="input"
              type="text"
              role="combobox"
              aria-autocomplete="list"
              aria-expanded={open}
              aria-controls={`${id}-list`}
              aria-activedescendant={open && active !== undefined ? `${id}-${active.id}` : undefined}
              aria-required={required}
              autoComplete="off"
              spellCheck={false}
              autoFocus={autoFocus}
              placeholder={t("sip.chooseCustomer")}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
                setOpen(true);
                if (picked !== null) onPick(null);
              }}
              onClick={() => setOpen(true)}
              onBlur={() => setOpen(false)}
              onKeyDown={onKeyDown}
            />
          </div>
          <p className="sr" role="status">
            {open && data !== undefined ? t("sip.customersFound", { count: found.length }) : ""}
          </p>
          <ul id={`${id}-list`} role="listbox" aria-label={label} className="picker__list" hidden={!open}>
            {found.map((customer) => (
              <li
                key={customer.id}
                id={`${id}-${customer.id}`}
                role="option"
                aria-selected={customer.id === active?.id}
                className={clsx("picker__option", customer.id === active?.id && "is-active")}
                // The field keeps focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(customer)}
              >
                <span className="trunc strong">{customerName(customer)}</span>
                <span className="trunc muted">{customer.email}</span>
              </li>
            ))}
          </ul>
          {open && current && data !== undefined && found.length === 0 && (
            <p className="picker__list picker__none muted">{t("sip.noCustomer", { query: text.trim() })}</p>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
