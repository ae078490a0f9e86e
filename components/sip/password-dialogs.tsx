"use client";

import { useRef, type ReactNode } from "react";
import { useT } from "../i18n/provider";
import { useLast } from "../lib/use-once-open";
import { Button } from "../ui/button";
import { CopyTextButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { ShownOnceDialog } from "../ui/shown-once";
import { Settings, type Setting } from "./settings";

interface Props {
  /** Null while there is nothing to show. In memory alone: never in an address, a cache or a log. */
  made: { password: string; settings: readonly Setting[]; title: string; text: string } | null;
  onClose: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** The one time that a new SIP password is shown, with what else the phone is given. */
export function NewPasswordDialog({ made, onClose, children }: Props) {
  const t = useT();
  const last = useLast(made);
  return (
    <ShownOnceDialog
      open={made !== null}
      onClose={onClose}
      title={last?.title ?? ""}
      description={last?.text ?? ""}
      text={made?.password ?? ""}
      name={t("sip.password")}
      copy={t("sip.copyPassword")}
      stored={t("sip.stored")}
      storeFirst={t("sip.storeFirst")}
    >
      {made !== null && <Settings settings={made.settings} />}
      {children !== undefined && <div>{children}</div>}
    </ShownOnceDialog>
  );
}

/** A password that somebody asked to see; he can ask again, so it closes like any other dialog. */
export function RevealedPasswordDialog({ made, onClose }: Props) {
  const t = useT();
  const copy = useRef<HTMLButtonElement>(null);
  const last = useLast(made);
  return (
    <Dialog
      open={made !== null}
      onClose={onClose}
      wide
      initialFocus={copy}
      title={last?.title ?? ""}
      description={last?.text ?? ""}
    >
      <div className="dialog__body">
        <div className="secret">
          <span className="sr">{t("sip.password")}</span>
          <code>{made?.password ?? ""}</code>
          <CopyTextButton ref={copy} text={made?.password ?? ""} label={t("sip.copyPassword")} />
        </div>
        {made !== null && <Settings settings={made.settings} />}
      </div>
      <div className="dialog__foot">
        <Button onClick={onClose}>{t("sip.hide")}</Button>
      </div>
    </Dialog>
  );
}
