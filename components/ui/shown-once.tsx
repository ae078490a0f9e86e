"use client";

import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from "react";
import { FieldError } from "../forms/field";
import { useT } from "../i18n/provider";
import { Button } from "./button";
import { CopyTextButton } from "./copy";
import { Dialog } from "./dialog";

interface Secret {
  /** The secret itself. */
  text: string;
  /** What it is called. */
  name: string;
  copy: string;
  /** Where something else is the first thing to do with it. */
  quietCopy?: boolean;
  /** What has to be ticked before the dialog closes, and what is said when it is not. */
  stored: string;
  storeFirst: string;
  /** How it is shown with its copy button; on one line where nothing is said. */
  show?: (copyButton: ReactNode) => ReactNode;
}

/** The one time that a secret is shown. Neither a stray click nor Escape nor closing the tab loses it without a word. */
export function ShownOnceDialog({
  open,
  onClose,
  title,
  description,
  children,
  ...secret
}: Secret & { open: boolean; onClose: () => void; title: ReactNode; description: ReactNode; children?: ReactNode }) {
  const copyButton = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(0);
  return (
    <Dialog
      open={open}
      wide
      onClose={onClose}
      onStrayClose={() => setAsked(asked + 1)}
      initialFocus={copyButton}
      title={title}
      description={description}
    >
      {open && (
        <Content {...secret} onClose={onClose} asked={asked} copyButton={copyButton}>
          {children}
        </Content>
      )}
    </Dialog>
  );
}

function Content({
  text,
  name,
  copy,
  quietCopy = false,
  stored: storedLabel,
  storeFirst,
  show,
  onClose,
  asked,
  copyButton,
  children,
}: Secret & {
  onClose: () => void;
  /** How often somebody tried to leave. */
  asked: number;
  copyButton: RefObject<HTMLButtonElement | null>;
  children?: ReactNode;
}) {
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
  const button = <CopyTextButton ref={copyButton} text={text} label={copy} quiet={quietCopy} />;
  return (
    <>
      <div className="dialog__body">
        {show === undefined ? (
          <div className="secret">
            <span className="sr">{name}</span>
            <code>{text}</code>
            {button}
          </div>
        ) : (
          show(button)
        )}
        {children}
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
            {storedLabel}
          </label>
          <FieldError id={`${id}-error`} error={refused ? storeFirst : undefined} />
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
