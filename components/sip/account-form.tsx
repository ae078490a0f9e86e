"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState, type ReactNode } from "react";
import { FormProvider, type Path, type UseFormReturn } from "react-hook-form";
import { ConflictNote } from "../forms/conflict-note";
import { FormFailure } from "../forms/form-failure";
import { useLeaveGuard } from "../forms/leave-guard";
import type { Conflict } from "../forms/use-conflict";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { Button, ButtonLink } from "../ui/button";
import { toast } from "../ui/toast";
import { accountHref, accountsHref, type AccountKind } from "./account";
import { AccountPassword, type ShownPassword } from "./account-password";

/** What the forms of all accounts hold. */
export interface AccountValues {
  customerId: string;
  name: string;
  detail: string;
  /** Whether the password is given here, not made up. */
  own: boolean;
  password: string;
}

/** What was saved, with a password that is to be shown first, or what is said on the way to its page. */
export type SavedAccount = { id: string } & ({ shown: ShownPassword } | { said: string });

interface Props<Values extends AccountValues> {
  kind: AccountKind;
  /** Of the account that is changed; undefined for a new one. */
  id: string | undefined;
  /** The fields in it take it from the context. */
  form: UseFormReturn<Values, unknown, Values>;
  conflict: Conflict | null;
  /** What the fields are called that this kind alone has. */
  labels: Partial<Record<Path<Values>, string>>;
  /** Resolves to null where there is something to decide first; a function that stays the same. */
  save: (values: Values) => Promise<SavedAccount | null>;
  /** What else can be done with the password of the new account that has the id. */
  besidePassword?: (id: string) => ReactNode;
  children: ReactNode;
}

/** Creates an account, or changes the one with the id; shows its password where it is new, then goes to its page. */
export function AccountForm<Values extends AccountValues>({
  kind,
  id,
  form,
  conflict,
  labels,
  save,
  besidePassword,
  children,
}: Props<Values>) {
  const t = useT();
  const router = useRouter();
  const [made, setMade] = useState<{ id: string; shown: ShownPassword } | null>(null);
  const send = useCallback(
    async (values: Values) => {
      const saved = await save(values);
      if (saved === null) return;
      form.reset({ ...values, own: false, password: "" });
      if ("shown" in saved) setMade(saved);
      else {
        toast.success(saved.said);
        router.push(accountHref({ kind, id: saved.id }));
      }
      return true;
    },
    [save, form, router, kind],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  useLeaveGuard(kind, form.formState.isDirty && made === null);
  return (
    <FormProvider {...form}>
      <form
        className="form"
        onSubmit={onSubmit}
        noValidate
        aria-label={t(id === undefined ? `${kind}s.create` : `${kind}s.edit`)}
      >
        <FormFailure failure={failure} />
        <ConflictNote
          conflict={conflict}
          form={form}
          labels={{ ...labels, name: t("sip.name"), detail: t("sip.detail") }}
        />
        {children}
        <div className="form__foot">
          <ButtonLink size="lg" href={id === undefined ? accountsHref(kind) : accountHref({ kind, id })}>
            {t("common.cancel")}
          </ButtonLink>
          <Button type="submit" tone="primary" size="lg" busy={busy}>
            {id === undefined ? t(`${kind}s.create`) : t("common.save")}
          </Button>
        </div>
        <AccountPassword
          kind={kind}
          shown={made?.shown ?? null}
          onClose={() => {
            if (made !== null) router.push(accountHref({ kind, id: made.id }));
            setMade(null);
          }}
        >
          {made !== null && besidePassword?.(made.id)}
        </AccountPassword>
      </form>
    </FormProvider>
  );
}
