"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { PASSWORD_LEAST } from "@/server/domain/admin/limits";
import type { acceptLinkInput, AcceptLinkInput, LinkView } from "@/server/domain/admin/schemas";
import { PasswordField, TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { loadAnew } from "../lib/load-anew";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { finishSignIn } from "./session-api";

type Parsed = z.output<typeof acceptLinkInput>;
const loadSchema = () => import("@/server/domain/admin/schemas").then((module) => module.acceptLinkInput);

/** Name and password for the holder of a one-time link, who is then signed in. */
export function SetupForm({ token, link }: { token: string; link: LinkView }) {
  const t = useT();
  const accept = trpc.auth.acceptLink.useMutation({ ...useIdempotency(), gcTime: 0 });
  const begin = trpc.auth.begin.useMutation({ gcTime: 0 });
  const form = useForm<AcceptLinkInput, unknown, Parsed>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { token, name: link.name, email: link.email ?? "", password: "" },
  });
  const { errors } = form.formState;
  const send = useCallback(
    async (values: Parsed) => {
      const { email } = await accept.mutateAsync(values);
      const begun = await begin.mutateAsync({ email, password: values.password }).catch(() => null);
      const signedIn = begun?.steps.length === 0 && (await finishSignIn({ token: begun.token })) === null;
      loadAnew(signedIn ? "/" : "/sign-in");
      return true;
    },
    [accept, begin],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  return (
    <form className="stack" onSubmit={onSubmit} noValidate method="post">
      <FormFailure failure={failure} />
      {(link.purpose !== "reset" || link.name === "") && (
        <TextField
          label={t("auth.name")}
          field={form.register("name")}
          error={errors.name?.message}
          autoComplete="name"
          aria-required
          large
        />
      )}
      <TextField
        label={t("auth.email")}
        field={form.register("email")}
        error={errors.email?.message}
        type="email"
        autoComplete="username"
        spellCheck={false}
        autoCapitalize="none"
        readOnly={link.email !== null}
        aria-required
        large
      />
      <PasswordField
        label={t("auth.newPassword")}
        hint={t("auth.newPasswordHint", { count: PASSWORD_LEAST })}
        field={form.register("password")}
        error={errors.password?.message}
        autoComplete="new-password"
        aria-required
      />
      <Button type="submit" tone="primary" size="lg" block busy={busy}>
        {t(link.purpose === "setup" ? "auth.createAccount" : "auth.setPassword")}
      </Button>
    </form>
  );
}
