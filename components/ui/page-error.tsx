"use client";

import { CloudOff, RotateCw } from "lucide-react";
import { useT } from "../i18n/provider";
import { Button, ButtonLink } from "./button";
import { CopyId } from "./copy";
import { State } from "./state";

/** A page that could not be drawn. The reference leads to the entry in the server's log. */
export function PageError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT();
  const digest = typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : "";
  return (
    <section className="card">
      <State heading="h1" icon={CloudOff} title={t("states.pageFailed")} text={t("states.pageFailedText")} role="alert">
        <span className="row">
          <Button tone="primary" icon={RotateCw} onClick={onRetry}>
            {t("common.tryAgain")}
          </Button>
          <ButtonLink href="/">{t("states.toHome")}</ButtonLink>
        </span>
        {digest !== "" && (
          <p className="small row">
            {t("states.reference")} <CopyId id={digest} what={t("states.reference")} />
          </p>
        )}
      </State>
    </section>
  );
}
