"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { PasswordField } from "../forms/field";
import { useT } from "../i18n/provider";
import type { AccountValues } from "./account-form";

/** Whether a new account's password is made up, as is best, or given. */
export function PasswordChoice() {
  const t = useT();
  const { control, register, setValue, formState } = useFormContext<AccountValues>();
  const given = useWatch({ control, name: "own" });
  const field = register("password");
  return (
    <>
      <fieldset className="stack stack--sm">
        <legend className="sr">{t("sip.sectionPassword")}</legend>
        {([false, true] as const).map((own) => (
          <label className="choice" key={String(own)}>
            <span className="check">
              <input
                type="radio"
                name="own"
                checked={given === own}
                onChange={() => setValue("own", own, { shouldDirty: true })}
              />
            </span>
            <b>{t(own ? "sip.own" : "sip.generated")}</b>
            <small>{t(own ? "sip.ownHint" : "sip.generatedHint")}</small>
          </label>
        ))}
      </fieldset>
      {given && (
        <PasswordField
          label={t("sip.ownPassword")}
          field={field}
          error={formState.errors.password?.message}
          autoComplete="new-password"
          autoFocus
        />
      )}
    </>
  );
}
