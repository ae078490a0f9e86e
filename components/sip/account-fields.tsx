"use client";

import { TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useController, useFormContext } from "react-hook-form";
import { CustomerPicker, type PickedCustomer } from "../customers/customer-picker";
import { TextAreaField, TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import { Card } from "../ui/card";
import { Note } from "../ui/note";
import type { AccountValues } from "./account-form";

export interface AccountOwner {
  /** Whose a new account is to be; null where that is to be chosen. */
  customer?: PickedCustomer | null;
  /** Whether there is nothing to choose. */
  fixed?: boolean;
}

interface Props extends AccountOwner {
  /** Whether there is no such account yet. */
  isNew: boolean;
  /** The field of what no other account may have. */
  identifier: { name: "extension" | "domainName"; label: string; hint: ReactNode };
  nameHint: string;
  /** What happens when the identifier is changed as it is now; null where it is not. */
  moves: string | null;
}

/** The card of an account's form that says what it is. */
export function AccountFields({ isNew, customer = null, fixed = false, identifier, nameHint, moves }: Props) {
  const t = useT();
  const { control, register, formState } = useFormContext<AccountValues & Record<"extension" | "domainName", string>>();
  const { errors } = formState;
  const { field: owner } = useController({ control, name: "customerId" });
  const [picked, setPicked] = useState(customer);
  return (
    <Card id="form-what" title={t("sip.sectionWho")}>
      <div className="card__body form__grid">
        {isNew && !fixed && (
          <div className="form__wide">
            <CustomerPicker
              label={t("sip.customer")}
              hint={t("sip.customerHint")}
              error={errors.customerId?.message}
              picked={picked}
              onPick={(next) => {
                setPicked(next);
                owner.onChange(next?.id ?? "");
              }}
              inputRef={owner.ref}
              autoFocus={customer === null}
            />
          </div>
        )}
        <TextField
          label={identifier.label}
          field={register(identifier.name)}
          error={errors[identifier.name]?.message}
          hint={identifier.hint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={isNew && (fixed || customer !== null)}
          aria-required
        />
        <TextField
          label={t("sip.name")}
          field={register("name")}
          error={errors.name?.message}
          hint={nameHint}
          autoComplete="off"
        />
        {moves !== null && (
          <div className="form__wide">
            <Note tone="warn" icon={TriangleAlert} role="status">
              <p>{moves}</p>
            </Note>
          </div>
        )}
        <div className="form__wide">
          <TextAreaField
            label={t("sip.detail")}
            field={register("detail")}
            error={errors.detail?.message}
            hint={t("sip.detailHint")}
            autoComplete="off"
          />
        </div>
      </div>
    </Card>
  );
}
