"use client";

import type { ReactNode } from "react";
import { useController, useFormContext } from "react-hook-form";
import { AUTH_TYPES, type AuthType } from "@/server/domain/registrar/limits";
import { FieldError, TextAreaField, TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import { Card } from "../ui/card";
import type { TrunkValues } from "./trunk-form";

/** How a trunk is known, and what each way needs. @param children the password's field, where there is one to choose */
export function AuthFields({ children }: { children: ReactNode }) {
  const form = useFormContext<TrunkValues>();
  const t = useT();
  const { errors } = form.formState;
  const { field } = useController({ control: form.control, name: "authTypes" });
  const types = field.value.split(" ");
  const toggle = (type: AuthType, on: boolean) =>
    field.onChange(AUTH_TYPES.filter((each) => (each === type ? on : types.includes(each))).join(" "));
  const wrong = errors.authTypes?.message;
  // Spelt as they will be saved, as soon as all of them are right.
  const spell = async () => {
    const { addressList } = await import("./form-schema");
    const result = addressList.safeParse(form.getValues("allowedIps"));
    if (result.success && result.data !== form.getValues("allowedIps"))
      form.setValue("allowedIps", result.data, { shouldDirty: true });
    if (!result.success) void form.trigger("allowedIps");
  };
  // In this order, whichever of them is shown first: focus goes to the first that is wrong.
  const username = form.register("username");
  form.register("password");
  const addresses = form.register("allowedIps", { onBlur: () => void spell() });
  return (
    <Card id="form-auth" title={t("trunks.sectionAuth")}>
      <div className="card__body stack">
        <fieldset className="stack stack--sm" aria-describedby={wrong === undefined ? undefined : "auth-error"}>
          <legend className="field__label field__label--legend">{t("trunks.authTypes")}</legend>
          {AUTH_TYPES.map((type, index) => (
            <label className="choice" key={type}>
              <span className="check">
                <input
                  ref={index === 0 ? field.ref : undefined}
                  type="checkbox"
                  name={`auth-${type}`}
                  checked={types.includes(type)}
                  onChange={(event) => toggle(type, event.target.checked)}
                  aria-invalid={wrong === undefined ? undefined : true}
                />
              </span>
              <b>{t(`trunks.auth.${type}`)}</b>
              <small>{t(`trunks.authHint.${type}`)}</small>
            </label>
          ))}
          <FieldError id="auth-error" error={wrong} />
        </fieldset>
        {types.includes("basic") && (
          <>
            <TextField
              label={t("trunks.user")}
              field={username}
              error={errors.username?.message}
              hint={t("trunks.userHint")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
            {children}
          </>
        )}
        <TextAreaField
          label={t("trunks.addresses")}
          field={addresses}
          error={errors.allowedIps?.message}
          hint={
            <>
              {t("trunks.addressesHint")} {!types.includes("ip") && t("trunks.addressesUnused")}
            </>
          }
          rows={5}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={"192.0.2.1\n198.51.100.0/24\n2001:db8::/32"}
        />
      </div>
    </Card>
  );
}
