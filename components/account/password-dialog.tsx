"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { PASSWORD_LEAST, PASSWORD_MOST } from "@/server/domain/admin/limits";
import { PasswordField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
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
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("account.passwordTitle")}
      description={t("account.passwordText")}
    >
      <PasswordForm {...props} />
    </FormDialog>
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
  const submission = useFormSubmit(form, send);
  return (
    <DialogForm {...submission} submit={t("account.changePassword")}>
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
    </DialogForm>
  );
}
