"use client";

import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { useI18n, useT } from "../i18n/provider";
import { isLocale, LOCALES } from "../i18n/translate";
import { PageHead } from "../shell/page-head";
import { usePreferences } from "../shell/preferences";
import { Card } from "../ui/card";
import { Segmented } from "../ui/segmented";
import { Switch } from "../ui/switch";

const never = () => () => undefined;

/** False while the server draws and the browser takes over: what only the browser knows is not shown until then. */
const useInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** What a person chooses for this device. */
export function SettingsPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t("nav.settings")} sub={t("settings.text")} />
      <div className="stack settings">
        <Appearance />
      </div>
    </>
  );
}

function Appearance() {
  const { t, locale } = useI18n();
  const router = useRouter();
  const inBrowser = useInBrowser();
  const { theme, setTheme } = useTheme();
  const { preferences, change } = usePreferences();
  return (
    <Card id="appearance" title={t("settings.appearance")}>
      <div className="card__body settings__rows">
        <Choice label={t("settings.theme")} hint={t("settings.themeHint")}>
          <Segmented
            label={t("settings.theme")}
            value={inBrowser ? (theme ?? "system") : "system"}
            options={(["system", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`settings.themeNames.${value}`),
            }))}
            onChange={setTheme}
          />
        </Choice>
        <Choice label={t("settings.density")} hint={t("settings.densityHint")}>
          <Segmented
            label={t("settings.density")}
            value={preferences.density}
            options={(["normal", "compact"] as const).map((value) => ({
              value,
              label: t(`settings.densities.${value}`),
            }))}
            onChange={(density) => change({ density })}
          />
        </Choice>
        <Choice label={t("settings.language")} hint={t("settings.languageHint")}>
          <Segmented
            label={t("settings.language")}
            value={locale}
            options={Object.entries(LOCALES).flatMap(([value, label]) => (isLocale(value) ? [{ value, label }] : []))}
            onChange={(value) => {
              change({ locale: value });
              router.refresh();
            }}
          />
        </Choice>
        <Switch
          label={t("shortcuts.switch")}
          hint={t("shortcuts.switchHint")}
          checked={preferences.shortcuts}
          onChange={(shortcuts) => change({ shortcuts })}
        />
        <Switch
          label={t("shell.maskNumbers")}
          hint={t("settings.maskHint")}
          checked={preferences.masked}
          onChange={(masked) => change({ masked })}
        />
      </div>
    </Card>
  );
}

function Choice({ label, hint, children }: { label: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="switch-row">
      <span>
        <span className="strong">{label}</span>
        <span className="field__hint">{hint}</span>
      </span>
      {children}
    </div>
  );
}
