"use client";

import { useState } from "react";
import { useT } from "../i18n/provider";
import { CopyButton } from "../ui/copy";
import { QrCode } from "../ui/qr-code";
import { Segmented } from "../ui/segmented";
import type { NewHandover } from "./hand-over-dialog";

const WAYS = ["page", "xml", "txt", "sip"] as const;
type Way = (typeof WAYS)[number];

/** The address as a picture and as text, for what the phone can do. All of them are one: the first use ends the others. */
export function OneTimeAddress({ made }: { made: NewHandover }) {
  const t = useT();
  const [way, setWay] = useState<Way>("page");
  const address = way === "page" ? made.page : made.files[way];
  return (
    <>
      <Segmented
        label={t("handover.way")}
        value={way}
        options={WAYS.map((value) => ({ value, label: t(`handover.ways.${value}`) }))}
        onChange={setWay}
      />
      <div className="handover">
        <QrCode text={address} label={t("handover.qr")} />
        <div className="stack stack--sm">
          <span className="muted small">{t(`handover.wayHint.${way}`)}</span>
          <span className="handover__address">
            <code>{address}</code>
            <CopyButton text={address} what={t("handover.address")} />
          </span>
          {way !== "page" && <span className="muted small">{t("handover.direct")}</span>}
        </div>
      </div>
    </>
  );
}
