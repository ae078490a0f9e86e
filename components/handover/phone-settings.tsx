"use client";

import { Download } from "lucide-react";
import { useT } from "../i18n/provider";
import type { Outputs } from "../trpc";
import { CopyButton } from "../ui/copy";
import { Icon } from "../ui/icon";
import { QrCode } from "../ui/qr-code";

type Settings = Outputs["handover"]["take"];

const FILES = [
  { format: "xml", type: "application/xml", name: "linphone.xml" },
  { format: "txt", type: "text/plain", name: "settings.txt" },
  { format: "sip", type: "text/plain", name: "sip-address.txt" },
] as const;

/** All that a phone is asked for, to type, to scan and to save. */
export function PhoneSettings({ settings }: { settings: Settings }) {
  const t = useT();
  const { extension, domain, username, password, transport, proxy, expires, files } = settings;
  const values: [label: string, value: string][] = [
    [t("handover.phone.server"), domain],
    [t("handover.phone.user"), extension],
    ...(username === extension ? [] : ([[t("handover.phone.authUser"), username]] as [string, string][])),
    [t("handover.phone.password"), password],
    ...(proxy === null ? [] : ([[t("handover.phone.proxy"), proxy]] as [string, string][])),
    [t("handover.phone.transport"), transport.toUpperCase()],
  ];
  return (
    <>
      <dl className="dl handover__values">
        {values.map(([label, value]) => (
          <Value key={label} label={label} value={value} />
        ))}
        <dt>{t("handover.phone.expires")}</dt>
        <dd>{t("handover.phone.seconds", { count: expires })}</dd>
      </dl>
      <div className="handover">
        <QrCode text={files.sip.trim()} label={t("handover.phone.qr")} />
        <div className="stack stack--sm">
          <span className="muted small">
            {t(username === extension ? "handover.phone.qrHint" : "handover.phone.qrHintAuthUser")}
          </span>
          <h2 className="small strong">{t("handover.phone.files")}</h2>
          {FILES.map(({ format, type, name }) => (
            <a
              key={format}
              className="btn"
              href={`data:${type};charset=utf-8,${encodeURIComponent(files[format])}`}
              download={`${extension}-${name}`}
            >
              <Icon of={Download} />
              {t(`handover.phone.files_${format}`)}
            </a>
          ))}
        </div>
      </div>
    </>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton text={value} what={label} />
      </dd>
    </>
  );
}
