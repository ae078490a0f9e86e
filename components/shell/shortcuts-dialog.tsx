"use client";

import { useRef } from "react";
import { useT } from "../i18n/provider";
import type { MessageKey } from "../i18n/translate";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Switch } from "../ui/switch";
import { areasFor } from "./areas";
import { usePreferences } from "./preferences";
import { useSession } from "./session";

const GENERAL: readonly { label: MessageKey; keys: readonly string[] }[] = [
  { label: "shortcuts.search", keys: ["⌘", "K"] },
  { label: "shortcuts.list", keys: ["?"] },
  { label: "shortcuts.filter", keys: ["/"] },
  { label: "shortcuts.close", keys: ["Esc"] },
];

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const { rights } = useSession();
  const { preferences, change } = usePreferences();
  const done = useRef<HTMLButtonElement>(null);
  const areas = areasFor(rights);
  const rows = [
    ...GENERAL.map(({ label, keys }) => ({ label: t(label), keys })),
    ...(rights.includes("customer:create") ? [{ label: t("customers.create"), keys: ["C"] }] : []),
    ...areas.map(({ label, key }) => ({
      label: t("shortcuts.go", { area: t(label) }),
      keys: ["G", key.toUpperCase()],
    })),
  ];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("shortcuts.title")}
      description={t("shortcuts.text")}
      initialFocus={done}
    >
      <div className="dialog__body">
        <ul className="keys">
          {rows.map(({ label, keys }) => (
            <li key={label}>
              <span>{label}</span>
              <span className="row row--tight">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </span>
            </li>
          ))}
        </ul>
        <Switch
          label={t("shortcuts.switch")}
          hint={t("shortcuts.switchHint")}
          checked={preferences.shortcuts}
          onChange={(shortcuts) => change({ shortcuts })}
        />
      </div>
      <div className="dialog__foot">
        <Button ref={done} onClick={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </Dialog>
  );
}
