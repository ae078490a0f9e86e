"use client";

import { useCallback, useRef, useState } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { meanwhileOf, type Meanwhile } from "../lib/failures";

/** A field that somebody else has changed while the form was open. */
export interface ConflictingField {
  name: string;
  theirs: string;
  /** What was entered here; null where the field was not touched, and so takes theirs. */
  mine: string | null;
}

export interface Conflict extends Pick<Meanwhile, "by" | "at"> {
  fields: ConflictingField[];
}

const ATTEMPTS_MOST = 5;
const asItIs = (present: Record<string, unknown>): Record<string, unknown> => present;

/**
 * Sends a change together with the version that it was made from. Where somebody else was quicker, what he changed is
 * taken over into fields that were not touched here, and what both changed is put up for a choice: nothing is overwritten
 * unseen, and nothing that was entered is lost.
 * @param loaded the record's `tmUpdate` as the form shows it
 * @param toValues a record as the form holds it, where that differs; a function that stays the same
 */
export function useConflict<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  loaded: string | undefined,
  toValues: (present: Record<string, unknown>) => Record<string, unknown> = asItIs,
) {
  const version = useRef(loaded);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { getValues, reset, setValue, formState } = form;
  const base = formState.defaultValues;

  const meet = useCallback(
    ({ by, at, present: record }: Meanwhile): boolean => {
      const present = toValues(record);
      const mine = getValues();
      const names = Object.keys(mine).filter((name) => typeof present[name] === "string" && name !== "tmUpdate");
      const fields = names.flatMap((name): ConflictingField[] => {
        const [theirs, own] = [String(present[name]), String(mine[name])];
        if (theirs === String(base?.[name] ?? "") || theirs === own) return [];
        return [{ name, theirs, mine: own === String(base?.[name] ?? "") ? null : own }];
      });
      reset({ ...mine, ...Object.fromEntries(names.map((name) => [name, present[name]])) });
      for (const name of names)
        if (mine[name] !== base?.[name] && mine[name] !== present[name])
          setValue(name as Path<Values>, mine[name] as PathValue<Values, Path<Values>>, { shouldDirty: true });
      version.current = String(record.tmUpdate);
      setConflict(fields.length === 0 ? null : { by, at, fields });
      return fields.length > 0;
    },
    [base, getValues, reset, setValue, toValues],
  );

  /** @returns what was saved; null where there is something to decide first */
  const send = useCallback(
    async <Saved>(save: (tmUpdate: string | undefined) => Promise<Saved>): Promise<Saved | null> => {
      for (let attempt = 1; ; attempt++) {
        try {
          const saved = await save(version.current);
          setConflict(null);
          return saved;
        } catch (error) {
          const meanwhile = meanwhileOf(error);
          if (meanwhile === null || attempt === ATTEMPTS_MOST) throw error;
          if (meet(meanwhile)) return null; // else nothing that the form shows has changed: once more, from there
        }
      }
    },
    [meet],
  );
  return { conflict, send };
}
