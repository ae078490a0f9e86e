"use client";

import { CircleAlert, Eye, Smartphone } from "lucide-react";
import { useCallback, useState, useSyncExternalStore, type ReactNode } from "react";
import { AuthFrame } from "../auth/auth-frame";
import { FormFailure } from "../forms/form-failure";
import { useT } from "../i18n/provider";
import type { MessageKey } from "../i18n/translate";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { trpc, type Failure, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { PhoneSettings } from "./phone-settings";

type Refusal = "used" | "expired" | "ended" | "unknown" | "busy";
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HANDOVER_USED: "used",
  HANDOVER_EXPIRED: "expired",
  HANDOVER_ENDED: "ended",
  HANDOVER_UNKNOWN: "unknown",
  INVALID_INPUT: "unknown",
  TOO_MANY_REQUESTS: "busy",
};

const watch = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};
/** What stands behind the # of the address; null until the browser has taken over. */
const useFragment = (): string | null =>
  useSyncExternalStore(
    watch,
    () => window.location.hash.slice(1),
    () => null,
  );

/** A phone's settings, shown once: only when somebody asks for them, since mail and chat programs look at every link. */
export function PhonePage() {
  const token = useFragment();
  // Another link in the same tab begins anew.
  return <OneLink key={token} token={token} />;
}

function OneLink({ token }: { token: string | null }) {
  const t = useT();
  const [settings, setSettings] = useState<Outputs["handover"]["take"] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(token === "" ? "unknown" : null);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const take = trpc.handover.take.useMutation({ gcTime: 0, retry: false });
  const show = async (text: string) => {
    setFailure(null);
    try {
      setSettings(await take.mutateAsync({ token: text }));
    } catch (error) {
      const refused = REFUSALS[(error as Failure).data?.reason ?? ""];
      if (refused === undefined) setFailure(describeFailure(error, t));
      else setRefusal(refused);
    }
  };
  if (settings !== null)
    return (
      <Frame
        title={t("handover.phone.ready", { extension: settings.extension })}
        text={t("handover.phone.readyText")}
        moved
      >
        <PhoneSettings settings={settings} />
      </Frame>
    );
  if (refusal !== null)
    return (
      <Frame
        title={t(`handover.phone.${refusal}`)}
        text={t(`handover.phone.${refusal}Text` as MessageKey)}
        moved={token !== ""}
      >
        <Note icon={CircleAlert}>
          <p>{t("handover.phone.how")}</p>
        </Note>
      </Frame>
    );
  return (
    <Frame title={t("handover.phone.title")} text={t("handover.phone.text")}>
      <FormFailure failure={failure} />
      <Button
        tone="primary"
        size="lg"
        block
        icon={Eye}
        busy={take.isPending}
        disabled={token === null}
        onClick={() => token !== null && void show(token)}
      >
        {t("handover.phone.show")}
      </Button>
      <div className="stack stack--xs">
        <a className="btn btn--lg btn--block" href={token === null ? undefined : linphoneLink(token)}>
          <Icon of={Smartphone} />
          {t("handover.phone.linphone")}
        </a>
        <span className="muted small">{t("handover.phone.linphoneHint")}</span>
      </div>
    </Frame>
  );
}

/** Linphone's own scheme: the app fetches the address behind it. */
const linphoneLink = (token: string): string => `linphone-config:${window.location.origin}/phone/${token}.xml`;

/** @param moved whether it took the place of what was there, so that focus goes there and it is read out */
function Frame({
  title,
  text,
  moved = false,
  children,
}: {
  title: string;
  text: string;
  moved?: boolean;
  children: ReactNode;
}) {
  const focus = useCallback((element: HTMLDivElement | null) => element?.focus(), []);
  return (
    <AuthFrame title={title} text={text}>
      <div
        className="stack handover__page"
        {...(moved ? { ref: focus, tabIndex: -1, role: "group", "aria-label": title } : {})}
      >
        {children}
      </div>
    </AuthFrame>
  );
}
