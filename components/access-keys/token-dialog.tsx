"use client";

import { useEffect, useId, useRef, useState } from "react";
import { customerName } from "../customers/customer-name";
import { FieldError } from "../forms/field";
import { useT } from "../i18n/provider";
import type { Outputs } from "../trpc";
import { Button } from "../ui/button";
import { CopyButton, CopyTextButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Time } from "../ui/time";
import { keyName } from "./columns";
import type { KeyOwner } from "./use-key-dialogs";

type NewKey = Outputs["accessKey"]["create"];

interface Props {
  made: NewKey | null;
  customer: KeyOwner;
  onClose: () => void;
}

/** The one time that a token is shown. Neither a stray click nor Escape nor closing the tab loses it without a word. */
export function TokenDialog({ made, customer, onClose }: Props) {
  const t = useT();
  const copy = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(0);
  return (
    <Dialog
      open={made !== null}
      wide
      onClose={onClose}
      onStrayClose={() => setAsked(asked + 1)}
      initialFocus={copy}
      title={made === null ? "" : t("keys.tokenTitle", { name: keyName(made.key) })}
      description={t("keys.tokenText")}
    >
      {made !== null && <TokenContent made={made} customer={customer} onClose={onClose} asked={asked} copy={copy} />}
    </Dialog>
  );
}

function TokenContent({
  made,
  customer,
  onClose,
  asked,
  copy,
}: Props & { made: NewKey; asked: number; copy: React.RefObject<HTMLButtonElement | null> }) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [stored, setStored] = useState(false);
  const [refused, setRefused] = useState(false);
  const [seen, setSeen] = useState(asked);
  if (asked !== seen) {
    setSeen(asked);
    setRefused(!stored);
  }
  useEffect(() => {
    if (refused) box.current?.focus();
  }, [refused, asked]);
  useEffect(() => {
    if (stored) return;
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", closing);
    return () => window.removeEventListener("beforeunload", closing);
  }, [stored]);
  const example = [
    `curl -G ${window.location.origin}/api/trpc/customer.get \\`,
    `  --data-urlencode 'input={"id":"${customer.id}"}' \\`,
    `  -H "Authorization: Bearer $VOIPBIN_KEY"`,
  ].join("\n");
  return (
    <>
      <div className="dialog__body">
        <div className="secret">
          <span className="sr">{t("keys.token")}</span>
          <code>{made.token}</code>
          <CopyTextButton ref={copy} text={made.token} label={t("keys.copyToken")} />
        </div>
        <dl className="dl dl--tight">
          <dt>{t("keys.customer")}</dt>
          <dd>{customerName(customer)}</dd>
          <dt>{t("keys.expires")}</dt>
          <dd>
            <Time value={made.key.tmExpire} as="date" />
          </dd>
        </dl>
        <details className="as-table" open>
          <summary>{t("keys.tryIt")}</summary>
          <div className="codeblock-wrap">
            <pre className="codeblock" tabIndex={0} aria-label={t("keys.example")}>
              {example}
            </pre>
            <CopyButton text={example} what={t("keys.example")} />
          </div>
        </details>
        <div className="field">
          <label className="check">
            <input
              ref={box}
              type="checkbox"
              name="stored"
              checked={stored}
              onChange={(event) => {
                setStored(event.target.checked);
                setRefused(false);
              }}
              aria-invalid={refused || undefined}
              aria-describedby={refused ? `${id}-error` : undefined}
            />
            {t("keys.stored")}
          </label>
          <FieldError id={`${id}-error`} error={refused ? t("keys.storeFirst") : undefined} />
        </div>
      </div>
      <div className="dialog__foot">
        <Button
          onClick={() => {
            if (stored) onClose();
            else {
              setRefused(true);
              box.current?.focus();
            }
          }}
        >
          {t("common.done")}
        </Button>
      </div>
    </>
  );
}
