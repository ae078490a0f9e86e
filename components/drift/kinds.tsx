"use client";

import { Copy, Fingerprint, Ghost, Globe, Hand, KeyRound, PhoneOff, Trash, Unplug } from "lucide-react";
import type { DriftKind } from "@/server/domain/registrar/drift/schemas";
import { useT } from "../i18n/provider";
import type { IconShape, Tone } from "../ui/icon";
import { Badge, Status } from "../ui/status";

const KINDS: Record<DriftKind, { tone: Tone; icon: IconShape }> = {
  orphan: { tone: "bad", icon: Ghost },
  missing: { tone: "bad", icon: Unplug },
  credential: { tone: "bad", icon: KeyRound },
  realm: { tone: "warn", icon: Globe },
  "no-realm": { tone: "warn", icon: Globe },
  contact: { tone: "warn", icon: PhoneOff },
  "left-over": { tone: "warn", icon: Trash },
  duplicate: { tone: "warn", icon: Copy },
  foreign: { tone: "idle", icon: Hand },
};

export const KIND_ICON: IconShape = Fingerprint;

/** What kind of difference it is. */
export function KindBadge({ kind }: { kind: DriftKind }) {
  const t = useT();
  const { tone, icon } = KINDS[kind];
  const Shape = tone === "idle" ? Status : Badge;
  return (
    <Shape tone={tone} icon={icon}>
      {t(`drift.kinds.${kind}`)}
    </Shape>
  );
}
