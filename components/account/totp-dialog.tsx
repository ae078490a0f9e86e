"use client";

import { useCallback, useRef, type RefObject } from "react";
import { useForm } from "react-hook-form";
import { TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { QrCode } from "../ui/qr-code";

interface Props {
  open: boolean;
  totp: Outputs["account"]["startTotp"];
  onClose: () => void;
  /** @param codes new recovery codes, where there were none */
  onDone: (codes: string[]) => void;
}

/** Sets up an authenticator app: its secret as a picture and as text, and a first code to show that the app has it. */
export function TotpDialog(props: Props) {
  const t = useT();
  const code = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      initialFocus={code}
      open={props.open}
      onClose={props.onClose}
      title={t("account.appTitle")}
      description={t("account.appText")}
    >
      <TotpForm {...props} firstRef={code} />
    </Dialog>
  );
}

function TotpForm({ totp, onClose, onDone, firstRef }: Props & { firstRef: RefObject<HTMLInputElement | null> }) {
  const t = useT();
  const utils = trpc.useUtils();
  const confirm = trpc.account.confirmTotp.useMutation({ gcTime: 0 });
  const form = useForm<{ code: string }>({ defaultValues: { code: "" } });
  const send = useCallback(
    async (values: { code: string }) => {
      const { recoveryCodes } = await confirm.mutateAsync(values);
      onDone(recoveryCodes);
      await utils.account.get.invalidate();
    },
    [confirm, onDone, utils],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  const { ref, ...code } = form.register("code", { required: t("auth.enterCode") });
  const holdField = useCallback(
    (element: HTMLInputElement | null) => {
      firstRef.current = element;
      ref(element);
    },
    [firstRef, ref],
  );
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate method="post">
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <div className="totp">
          <QrCode text={totp.address} label={t("account.qr")} />
          <div className="stack stack--xs">
            <span className="muted small">{t("account.secretHint")}</span>
            <span className="totp__secret">
              <code>{totp.secret.replace(/.{4}(?=.)/g, "$& ")}</code>
              <CopyButton text={totp.secret} what={t("account.secret")} />
            </span>
          </div>
        </div>
        <TextField
          label={t("auth.code")}
          hint={t("auth.codeHint")}
          field={{ ...code, ref: holdField }}
          error={form.formState.errors.code?.message}
          inputMode="numeric"
          autoComplete="one-time-code"
          aria-required
          mono
          large
        />
      </div>
      <div className="dialog__foot">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("account.turnOn")}
        </Button>
      </div>
    </form>
  );
}
