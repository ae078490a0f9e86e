"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/provider";
import { shortId } from "../lib/keys";
import { Button } from "./button";
import { Icon } from "./icon";

const SHOWN_MS = 1_500;

/** Puts a text into the clipboard; pages without TLS have no clipboard of their own and use the old way. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.value = text;
    area.className = "sr";
    // Inside an open dialog, where focus is allowed to go.
    (focused?.closest("[role=dialog], [role=alertdialog]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}

function useCopy(): { copied: boolean; copy: (text: string) => Promise<boolean> } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    copied,
    copy: async (text) => {
      const done = await copyText(text);
      setCopied(done);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
      return done;
    },
  };
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useT();
  const { copied, copy } = useCopy();
  const label = copied ? t("common.copied") : t("common.copyWhat", { what });
  return (
    <button
      type="button"
      className="icon-btn icon-btn--sm"
      aria-label={label}
      title={label}
      data-copied={copied || undefined}
      onClick={() => void copy(text)}
    >
      <Icon of={copied ? Check : Copy} size="sm" />
    </button>
  );
}

/** The one action that a secret's dialog is about. */
export function CopyTextButton({
  text,
  label,
  quiet = false,
  ref,
}: {
  text: string;
  label: string;
  quiet?: boolean;
  ref?: React.Ref<HTMLButtonElement>;
}) {
  const t = useT();
  const { copied, copy } = useCopy();
  return (
    <Button
      ref={ref}
      tone={quiet ? undefined : "primary"}
      size="lg"
      icon={copied ? Check : Copy}
      onClick={() => void copy(text)}
    >
      <span aria-live="polite">{copied ? t("common.copied") : label}</span>
    </Button>
  );
}

/** An id, shortened in the middle and copied whole. */
export function CopyId({ id, what }: { id: string; what: string }) {
  return (
    <span className="copy">
      <code title={id}>{shortId(id)}</code>
      <CopyButton text={id} what={`${what} ${id}`} />
    </span>
  );
}
