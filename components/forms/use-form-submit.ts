"use client";

import { useCallback, useRef, useState, type FormEvent } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";

export interface FormSubmit {
  onSubmit: (event: FormEvent) => void;
  /** From the press of the button until the answer, and on until the page has changed. */
  busy: boolean;
  /** What could not be put at a field. */
  failure: FailureDescription | null;
}

/**
 * Sends a form once at a time. Messages of the server go to their fields, with focus on the first; what belongs to no
 * field is returned as `failure`.
 * @param send resolves to true when the form stays busy, because another page is on its way
 */
export function useFormSubmit<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  send: (values: Output) => Promise<boolean | void>,
): FormSubmit {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const underway = useRef(false);
  const { handleSubmit, setError, getValues } = form;
  const onSubmit = useCallback(
    (event: FormEvent) => {
      event.preventDefault();
      if (underway.current) return;
      underway.current = true;
      void (async () => {
        let leaving = false;
        await handleSubmit(async (values) => {
          setBusy(true);
          setFailure(null);
          try {
            leaving = (await send(values)) === true;
          } catch (error) {
            const described = describeFailure(error, t);
            const known = Object.entries(described.fields).filter(([name]) => name in getValues());
            known.forEach(([name, message], index) =>
              setError(name as Path<Values>, { message }, { shouldFocus: index === 0 }),
            );
            if (known.length === 0) setFailure(described);
          }
        })(event);
        underway.current = leaving;
        setBusy(leaving);
      })();
    },
    [handleSubmit, send, setError, getValues, t],
  );
  return { onSubmit, busy, failure };
}
