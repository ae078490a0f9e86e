"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { PASSWORD_LEAST, PASSWORD_MOST } from "@/server/domain/admin/limits";
import { PasswordField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { toast } from "../ui/toast";

interface Props {
  open: boolean;
  /** For password managers. */
  email: string;
  onClose: () => void;
}

/** A new password, for somebody who has just proved who he is. */
export function PasswordDialog(props: Props) {
  const t = useT();
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t("account.passwordTitle")}
      description={t("account.passwordText")}
    >
      <PasswordForm {...props} />
    </Dialog>
  );
}

function PasswordForm({ email, onClose }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const change = trpc.account.changePassword.useMutation({ gcTime: 0 });
  const form = useForm<{ password: string }>({ defaultValues: { password: "" } });
  const send = useCallback(
    async (values: { password: string }) => {
      await change.mutateAsync(values);
      onClose();
      toast.success(t("account.passwordChanged"));
      await utils.account.invalidate();
    },
    [change, onClose, t, utils],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate method="post">
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t("account.newPassword")}
          hint={t("auth.newPasswordHint", { count: PASSWORD_LEAST })}
          field={form.register("password", {
            required: t("auth.enterPassword"),
            minLength: { value: PASSWORD_LEAST, message: t("account.passwordShort", { count: PASSWORD_LEAST }) },
            maxLength: { value: PASSWORD_MOST, message: t("account.passwordLong", { count: PASSWORD_MOST }) },
          })}
          error={form.formState.errors.password?.message}
          autoComplete="new-password"
          aria-required
        />
      </div>
      <div className="dialog__foot">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("account.changePassword")}
        </Button>
      </div>
    </form>
  );
}
