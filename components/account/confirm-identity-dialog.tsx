"use client";

import { Fingerprint } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { PasswordField, TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { trpc } from "../trpc";
import { Button, LinkButton } from "../ui/button";

interface Props {
  open: boolean;
  onClose: () => void;
  /** @param confirmedUntil a platform time */
  onConfirmed: (confirmedUntil: string) => void;
}

/** Asks the signed-in person to prove again who he is: whoever finds this browser unlocked must not take the account. */
export function ConfirmIdentityDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("account.confirmTitle")}
      description={t("account.confirmText")}
    >
      <IdentityForm onConfirmed={props.onConfirmed} />
    </FormDialog>
  );
}

function IdentityForm({ onConfirmed }: Pick<Props, "onConfirmed">) {
  const t = useT();
  const account = trpc.account.get.useQuery().data;
  const [by, setBy] = useState<"password" | "code">("password");
  const confirm = trpc.account.confirm.useMutation({ gcTime: 0 });
  const form = useForm<{ password: string; code: string }>({ defaultValues: { password: "", code: "" } });
  const { errors } = form.formState;
  const { setFocus } = form;
  const before = useRef(by);
  useEffect(() => {
    // The first field has the focus already: the dialog gave it.
    if (before.current !== by) setFocus(by);
    before.current = by;
  }, [by, setFocus]);
  const send = useCallback(
    async ({ password, code }: { password: string; code: string }) => {
      const { confirmedUntil } = await confirm.mutateAsync(by === "code" ? { code } : { password });
      onConfirmed(confirmedUntil);
    },
    [confirm, by, onConfirmed],
  );
  const submission = useFormSubmit(form, send);
  const passkey = useOwnPasskey(onConfirmed);
  return (
    <DialogForm
      {...submission}
      failure={submission.failure ?? passkey.failure}
      submit={t("account.confirm")}
      beside={
        account !== undefined &&
        account.passkeys.length > 0 && (
          <Button className="push-end" icon={Fingerprint} busy={passkey.busy} onClick={passkey.start}>
            {t("auth.usePasskey")}
          </Button>
        )
      }
    >
      <input type="text" name="username" autoComplete="username" value={account?.email ?? ""} readOnly hidden />
      {by === "password" ? (
        <PasswordField
          key="password"
          label={t("account.currentPassword")}
          field={form.register("password", { required: t("auth.enterPassword"), shouldUnregister: true })}
          error={errors.password?.message}
          autoComplete="current-password"
          aria-required
        />
      ) : (
        <TextField
          key="code"
          label={t("auth.code")}
          hint={t("auth.codeHint")}
          field={form.register("code", { required: t("auth.enterCode"), shouldUnregister: true })}
          error={errors.code?.message}
          inputMode="numeric"
          autoComplete="one-time-code"
          aria-required
          mono
          large
        />
      )}
      {account !== undefined && account.tmTotp !== "" && (
        <p>
          <LinkButton onClick={() => setBy(by === "code" ? "password" : "code")}>
            {t(by === "code" ? "account.insteadPassword" : "auth.insteadCode")}
          </LinkButton>
        </p>
      )}
    </DialogForm>
  );
}

/** Confirming by one of one's own passkeys. */
function useOwnPasskey(onConfirmed: (confirmedUntil: string) => void) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const ask = trpc.account.askForPasskey.useMutation({ gcTime: 0 });
  const confirm = trpc.account.confirm.useMutation({ gcTime: 0 });
  const attempt = async () => {
    const { askForPasskey, passkeyFailure } = await import("../auth/passkey-client");
    try {
      const { options } = await ask.mutateAsync();
      const { confirmedUntil } = await confirm.mutateAsync({ passkey: await askForPasskey(options) });
      onConfirmed(confirmedUntil);
    } catch (error) {
      setFailure(passkeyFailure(error, t));
    }
  };
  const start = () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    void attempt()
      .catch((error: unknown) => setFailure(describeFailure(error, t)))
      .finally(() => setBusy(false));
  };
  return { busy, failure, start };
}
