"use client";

import { Switch as Radix } from "radix-ui";
import { useId } from "react";

export function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="switch-row">
      <span>
        <label htmlFor={id} className="strong">
          {label}
        </label>
        {hint !== undefined && (
          <span className="field__hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
      <Radix.Root
        id={id}
        className="switch"
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        <Radix.Thumb className="switch__thumb" />
      </Radix.Root>
    </div>
  );
}
