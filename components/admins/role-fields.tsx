"use client";

import { useId } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { coversRole, ROLES, type Role } from "@/server/kernel/permissions";
import { SelectField, TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import { useDebounced } from "../shell/use-debounced";
import { useSession } from "../shell/session";
import { trpc } from "../trpc";

/** What an admin may do, and for whom, as a form holds it. */
export interface RoleValues {
  role: Role;
  reach: "platform" | "customer";
  /** As the field shows it, see {@link customerLabel}. */
  customer: string;
  customerId: string;
}

export const customerLabel = ({ name, email }: { name: string; email: string }): string =>
  name.trim() === "" ? email : `${name} (${email})`;

/** The customer of a form: none for those who look after all. */
export const customerOf = ({ reach, customerId }: RoleValues): string | null =>
  reach === "platform" ? null : customerId;

/** Role and reach, in a FormProvider; only what the one who asks has himself can be chosen. */
export function RoleFields() {
  const t = useT();
  const { register, control, formState } = useFormContext<RoleValues>();
  const values = useWatch({ control }) as RoleValues;
  const { errors } = formState;
  const { rights, tenant } = useSession();
  const by = { rights: new Set(rights), customerId: tenant.customerId };
  const target = values.reach === "platform" ? null : (tenant.customerId ?? "one");
  const roles = ROLES.filter((role) => coversRole(by, role, target));
  return (
    <>
      <SelectField
        label={t("admins.role")}
        hint={t(`admins.roleText.${values.role}`)}
        field={register("role")}
        error={errors.role?.message}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </SelectField>
      {tenant.all && (
        <SelectField label={t("admins.reach")} field={register("reach")} error={errors.reach?.message}>
          {(["platform", "customer"] as const).map((reach) => (
            <option key={reach} value={reach}>
              {t(`admins.reaches.${reach}`)}
            </option>
          ))}
        </SelectField>
      )}
      {tenant.all && values.reach === "customer" && (
        <CustomerField typed={values.customer} error={errors.customerId?.message} />
      )}
    </>
  );
}

/** A customer by the beginning of a name or an e-mail address. */
function CustomerField({ typed, error }: { typed: string; error: string | undefined }) {
  const t = useT();
  const { register, setValue } = useFormContext<RoleValues>();
  const listId = useId();
  const search = useDebounced(typed.replace(/ \([^)]*\)$/, "").trim(), 150);
  const found = trpc.customer.list.useQuery(
    {
      filter: { deleted: false, search: search === "" ? undefined : search },
      size: 20,
      sort: "name",
      direction: "asc",
    },
    { placeholderData: (previous) => previous },
  );
  const items = found.data?.items ?? [];
  const field = register("customer", {
    onChange: ({ target }: { target: { value: string } }) => {
      const chosen = items.find((each) => customerLabel(each) === target.value);
      setValue("customerId", chosen?.id ?? "", { shouldValidate: chosen !== undefined });
    },
  });
  return (
    <>
      <TextField
        label={t("admins.customer")}
        hint={t("admins.customerHint")}
        field={field}
        error={error}
        list={listId}
        autoComplete="off"
      />
      <datalist id={listId}>
        {items.map((each) => (
          <option key={each.id} value={customerLabel(each)} />
        ))}
      </datalist>
    </>
  );
}
