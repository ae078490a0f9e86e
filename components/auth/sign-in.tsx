"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { BegunSignIn } from "@/server/domain/admin/schemas";
import { useT } from "../i18n/provider";
import { AuthFrame } from "./auth-frame";
import { SignInForm } from "./sign-in-form";
import { type Refusal } from "./refusals";

const SecondStepForm = dynamic(() => import("./second-step").then((module) => module.SecondStepForm));

/** Signing in: password or passkey, then the second step where there is one. @param callback a path of ours, checked by the page */
export function SignIn({ callback, ended }: { callback: string; ended: boolean }) {
  const t = useT();
  const [begun, setBegun] = useState<BegunSignIn | null>(null);
  const [over, setOver] = useState<Refusal | null>(null);
  if (begun !== null) {
    return (
      <AuthFrame title={t("auth.secondTitle")} text={t("auth.secondText")}>
        <SecondStepForm
          begun={begun}
          callback={callback}
          onOver={(refusal) => {
            setOver(refusal);
            setBegun(null);
          }}
        />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("auth.signIn")} text={t("auth.signInText")}>
      <SignInForm callback={callback} ended={ended} over={over} onBegun={setBegun} />
    </AuthFrame>
  );
}
