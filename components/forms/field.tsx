"use client";

import { ChevronDown, CircleAlert, Eye, EyeOff } from "lucide-react";
import { useId, useState, type ComponentProps, type ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import clsx from "clsx";
import { useT } from "../i18n/provider";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";

interface FieldProps {
  label: ReactNode;
  /** Beside the label, at the right. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string;
  /** What `register` of react-hook-form returned. */
  field: UseFormRegisterReturn;
}

interface Wiring {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** Label above, hint and error below, all tied to the control. */
export function FieldFrame({
  label,
  aside,
  hint,
  error,
  children,
}: Omit<FieldProps, "field"> & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter((each) => each !== false)
    .join(" ");
  return (
    <div className="field">
      <div className="field__label">
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children({
        id,
        "aria-invalid": error === undefined ? undefined : true,
        "aria-describedby": described === "" ? undefined : described,
      })}
      {hint !== undefined && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p className="field__error" id={id}>
      <Icon of={CircleAlert} size="sm" />
      {error}
    </p>
  );
}

export function TextField({
  label,
  aside,
  hint,
  error,
  field,
  large = false,
  mono = false,
  ...rest
}: FieldProps & { large?: boolean; mono?: boolean } & ComponentProps<"input">) {
  return (
    <FieldFrame label={label} aside={aside} hint={hint} error={error}>
      {(wiring) => (
        <input
          type="text"
          {...rest}
          {...field}
          {...wiring}
          className={clsx("input", large && "input--lg", mono && "mono")}
        />
      )}
    </FieldFrame>
  );
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({ label, aside, hint, error, field, ...rest }: FieldProps & ComponentProps<"input">) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame label={label} aside={aside} hint={hint} error={error}>
      {(wiring) => (
        <div className="input-wrap">
          <input
            {...rest}
            {...field}
            {...wiring}
            type={shown ? "text" : "password"}
            className="input input--lg"
            spellCheck={false}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? t("auth.hidePassword") : t("auth.showPassword")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </FieldFrame>
  );
}

export function TextAreaField({ label, aside, hint, error, field, ...rest }: FieldProps & ComponentProps<"textarea">) {
  return (
    <FieldFrame label={label} aside={aside} hint={hint} error={error}>
      {(wiring) => <textarea rows={3} {...rest} {...field} {...wiring} className="input input--area" />}
    </FieldFrame>
  );
}

export function SelectField({
  label,
  aside,
  hint,
  error,
  field,
  children,
  ...rest
}: FieldProps & ComponentProps<"select">) {
  return (
    <FieldFrame label={label} aside={aside} hint={hint} error={error}>
      {(wiring) => (
        <span className="select-wrap">
          <select {...rest} {...field} {...wiring} className="select">
            {children}
          </select>
          <Icon of={ChevronDown} size="sm" />
        </span>
      )}
    </FieldFrame>
  );
}
