"use client";

import { Fingerprint } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useForm } from "react-hook-form";
import type { BegunSignIn, SecondStep } from "@/server/domain/admin/schemas";
import { TextField } from "../forms/field";
import { useT } from "../i18n/provider";
import type { MessageKey } from "../i18n/translate";
import { loadAnew } from "../lib/load-anew";
import { Button, LinkButton } from "../ui/button";
import { RefusalNote, refusalText, toRefusal, type Refusal } from "./refusals";
import { finishSignIn } from "./session-api";
import { usePasskeySignIn } from "./use-passkey-sign-in";

const INSTEAD: Record<SecondStep, MessageKey> = {
  passkey: "auth.insteadPasskey",
  code: "auth.insteadCode",
  "recovery-code": "auth.insteadRecovery",
};

/** The second step of a sign-in, in the way that is chosen. @param onOver it has to begin again */
export function SecondStepForm({
  begun,
  callback,
  onOver,
}: {
  begun: BegunSignIn;
  callback: string;
  onOver: (refusal: Refusal) => void;
}) {
  const t = useT();
  const [step, setStep] = useState<SecondStep>(begun.steps.includes("code") ? "code" : (begun.steps[0] ?? "code"));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const refuse = (next: Refusal) => {
    if (next.key === "auth.over") onOver(next);
    else setRefusal(next);
  };
  return (
    <div className="stack">
      {step === "passkey" ? (
        <>
          <RefusalNote refusal={refusal} />
          <PasskeyStep token={begun.token} callback={callback} onRefused={refuse} />
        </>
      ) : (
        <CodeStep key={step} step={step} token={begun.token} callback={callback} refusal={refusal} onRefused={refuse} />
      )}
      <div className="stack stack--sm sign__others">
        {begun.steps
          .filter((each) => each !== step)
          .map((each) => (
            <p key={each}>
              <LinkButton
                onClick={() => {
                  setRefusal(null);
                  setStep(each);
                }}
              >
                {t(INSTEAD[each])}
              </LinkButton>
            </p>
          ))}
      </div>
    </div>
  );
}

function PasskeyStep({
  token,
  callback,
  onRefused,
}: {
  token: string;
  callback: string;
  onRefused: (refusal: Refusal) => void;
}) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const passkey = usePasskeySignIn(callback, onRefused, token);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} tone="primary" size="lg" block icon={Fingerprint} busy={passkey.busy} onClick={passkey.start}>
      {t("auth.usePasskey")}
    </Button>
  );
}

/** Wrong codes are said at the field; all else above it. */
const AT_FIELD = new Set<MessageKey>(["auth.wrong", "auth.wrongCode", "auth.wrongRecoveryCode"]);

function CodeStep({
  step,
  token,
  callback,
  refusal,
  onRefused,
}: {
  step: "code" | "recovery-code";
  token: string;
  callback: string;
  refusal: Refusal | null;
  onRefused: (refusal: Refusal) => void;
}) {
  const t = useT();
  const underway = useRef(false);
  const [busy, setBusy] = useState(false);
  const form = useForm<{ code: string }>({ defaultValues: { code: "" } });
  const { setFocus } = form;
  useEffect(() => setFocus("code"), [setFocus]);
  const recovery = step === "recovery-code";

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (underway.current) return;
    underway.current = true;
    void form
      .handleSubmit(async ({ code }) => {
        setBusy(true);
        const refused = await finishSignIn({ token, [recovery ? "recoveryCode" : "code"]: code });
        if (refused === null) return loadAnew(callback);
        underway.current = false;
        setBusy(false);
        const next = toRefusal(refused);
        // What is not six digits at all is as wrong as six others.
        const shown: Refusal =
          next.key === "auth.wrong" ? { ...next, key: recovery ? "auth.wrongRecoveryCode" : "auth.wrongCode" } : next;
        onRefused(shown);
        if (AT_FIELD.has(shown.key)) {
          form.setError("code", { message: refusalText(t, shown) });
          form.setFocus("code", { shouldSelect: true });
        }
      })(event)
      .then(() => {
        if (Object.keys(form.formState.errors).length > 0) underway.current = false;
      });
  };

  return (
    <form className="stack" onSubmit={onSubmit} noValidate method="post">
      <RefusalNote refusal={refusal !== null && AT_FIELD.has(refusal.key) ? null : refusal} />
      <TextField
        label={t(recovery ? "auth.recoveryCode" : "auth.code")}
        hint={t(recovery ? "auth.recoveryCodeHint" : "auth.codeHint")}
        field={form.register("code", { required: t(recovery ? "auth.enterRecoveryCode" : "auth.enterCode") })}
        error={form.formState.errors.code?.message}
        inputMode={recovery ? "text" : "numeric"}
        autoComplete={recovery ? "off" : "one-time-code"}
        maxLength={50}
        spellCheck={false}
        autoCapitalize="none"
        aria-required
        mono
        large
      />
      <Button type="submit" tone="primary" size="lg" block busy={busy}>
        {t("auth.signIn")}
      </Button>
    </form>
  );
}
