"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { CircleAlert, Clock } from "lucide-react";
import { signIn } from "next-auth/react";
import { useRef, useState, type FormEvent } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { signInInput, type SignInInput } from "@/server/domain/admin/schemas";
import { PasswordField, TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import type { MessageKey } from "../i18n/translate";
import { loadAnew } from "../lib/load-anew";
import { Button } from "../ui/button";
import { Note } from "../ui/note";

/** What the server refused a sign-in for; whether an account exists is never said. */
const REASONS: Record<string, MessageKey> = {
  WRONG_CREDENTIALS: "auth.wrong",
  INVALID_INPUT: "auth.wrong",
  TOO_MANY_ATTEMPTS: "auth.tooMany",
};

/** @param callback a path of ours, checked by the page */
export function SignInForm({ callback, ended }: { callback: string; ended: boolean }) {
  const t = useT();
  const underway = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<MessageKey | null>(null);
  const form = useForm<SignInInput, unknown, z.output<typeof signInInput>>({
    resolver: zodResolver(signInInput),
    defaultValues: { email: "", password: "" },
  });
  const { errors } = form.formState;

  const send = async ({ email, password }: SignInInput) => {
    setBusy(true);
    setFailure(null);
    const result = await signIn("credentials", { email, password, redirect: false }).catch(() => undefined);
    if (result?.ok === true && result.error === null) {
      // A full load: nothing that was kept for somebody else stays in memory.
      loadAnew(callback);
      return;
    }
    setBusy(false);
    const reason = REASONS[result?.error ?? ""] ?? "auth.failed";
    setFailure(reason);
    if (reason === "auth.wrong") {
      form.setError("password", { message: t("auth.wrong") });
      form.setFocus("password", { shouldSelect: true });
    }
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (underway.current) return;
    underway.current = true;
    void form
      .handleSubmit(send)(event)
      .finally(() => {
        underway.current = false;
      });
  };

  return (
    <form className="stack" onSubmit={onSubmit} noValidate method="post">
      {ended && failure === null && (
        <Note icon={Clock} role="status">
          <p>{t("auth.ended")}</p>
        </Note>
      )}
      {failure !== null && failure !== "auth.wrong" && (
        <Note tone="bad" icon={CircleAlert} role="alert">
          <p>{t(failure)}</p>
        </Note>
      )}
      <TextField
        label={t("auth.email")}
        field={form.register("email")}
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
        field={form.register("password")}
        error={errors.password?.message}
        autoComplete="current-password"
        aria-required
      />
      <Button type="submit" tone="primary" size="lg" block busy={busy}>
        {t("auth.signIn")}
      </Button>
    </form>
  );
}
