"use client";

import { Clock, Fingerprint } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useForm } from "react-hook-form";
import type { BegunSignIn } from "@/server/domain/admin/schemas";
import { PasswordField, TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import { loadAnew } from "../lib/load-anew";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { RefusalNote, refusalOf, refusalText, toRefusal, type Refusal } from "./refusals";
import { finishSignIn } from "./session-api";
import { usePasskeySignIn } from "./use-passkey-sign-in";

interface Values {
  email: string;
  password: string;
}

/**
 * E-mail and password, or a passkey.
 * @param over why the visitor is back from the second step
 * @param onBegun the password was right, and there is a second step
 */
export function SignInForm({
  callback,
  ended,
  over,
  onBegun,
}: {
  callback: string;
  ended: boolean;
  over: Refusal | null;
  onBegun: (begun: BegunSignIn) => void;
}) {
  const t = useT();
  const underway = useRef(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(over);
  const passkey = usePasskeySignIn(callback, setRefusal);
  const begin = trpc.auth.begin.useMutation({ gcTime: 0 });
  const form = useForm<Values>({ defaultValues: { email: "", password: "" } });
  const { errors } = form.formState;

  /** @returns whether another page is on its way */
  const send = async (values: Values): Promise<boolean> => {
    setRefusal(null);
    const begun = await begin.mutateAsync(values).catch(refusalOf);
    if ("key" in begun) {
      setRefusal(begun);
      if (begun.key === "auth.wrong") {
        form.setError("password", { message: refusalText(t, begun) });
        form.setFocus("password", { shouldSelect: true });
      }
      return false;
    }
    if (begun.steps.length > 0) {
      onBegun(begun);
      return true;
    }
    const refused = await finishSignIn({ token: begun.token });
    if (refused !== null) {
      setRefusal(toRefusal(refused));
      return false;
    }
    // A full load: nothing that was kept for somebody else stays in memory.
    loadAnew(callback);
    return true;
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (underway.current) return;
    underway.current = true;
    let leaving = false;
    void form
      .handleSubmit(async (values) => {
        setBusy(true);
        leaving = await send(values);
      })(event)
      .finally(() => {
        underway.current = leaving;
        setBusy(leaving);
      });
  };

  return (
    <form className="stack" onSubmit={onSubmit} noValidate method="post">
      {ended && refusal === null && (
        <Note icon={Clock} role="status">
          <p>{t("auth.ended")}</p>
        </Note>
      )}
      <RefusalNote refusal={refusal?.key === "auth.wrong" ? null : refusal} />
      <TextField
        label={t("auth.email")}
        field={form.register("email", {
          required: t("auth.enterEmail"),
          maxLength: { value: 255, message: t("auth.enterEmail") },
          setValueAs: (text: string) => text.trim(),
        })}
        error={errors.email?.message}
        type="email"
        autoComplete="username"
        spellCheck={false}
        autoCapitalize="none"
        aria-required
        large
      />
      <PasswordField
        label={t("auth.password")}
        field={form.register("password", { required: t("auth.enterPassword") })}
        error={errors.password?.message}
        autoComplete="current-password"
        aria-required
      />
      <Button type="submit" tone="primary" size="lg" block busy={busy}>
        {t("auth.signIn")}
      </Button>
      <p className="or">{t("auth.or")}</p>
      <Button size="lg" block icon={Fingerprint} busy={passkey.busy} onClick={passkey.start}>
        {t("auth.usePasskey")}
      </Button>
    </form>
  );
}
