"use client";

import { useCallback, useRef, type RefObject } from "react";
import { useForm } from "react-hook-form";
import { TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { CopyButton } from "../ui/copy";
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
    <FormDialog
      initialFocus={code}
      open={props.open}
      onClose={props.onClose}
      title={t("account.appTitle")}
      description={t("account.appText")}
    >
      <TotpForm {...props} firstRef={code} />
    </FormDialog>
  );
}

function TotpForm({
  totp,
  onDone,
  firstRef,
}: Omit<Props, "open" | "onClose"> & { firstRef: RefObject<HTMLInputElement | null> }) {
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
  const submission = useFormSubmit(form, send);
  const { ref, ...code } = form.register("code", { required: t("auth.enterCode") });
  const holdField = useCallback(
    (element: HTMLInputElement | null) => {
      firstRef.current = element;
      ref(element);
    },
    [firstRef, ref],
  );
  return (
    <DialogForm {...submission} submit={t("account.turnOn")}>
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
    </DialogForm>
  );
}
