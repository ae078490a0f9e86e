"use client";

import { Moon, Sun } from "lucide-react";
import { ThemeProvider as NextThemes, useTheme } from "next-themes";
import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";

/** The system decides, until somebody chooses; `data-theme` on the root element says what holds. */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="data-theme"
      storageKey="theme"
      defaultTheme="system"
      enableSystem
      enableColorScheme={false}
      nonce={nonce}
    >
      {children}
    </NextThemes>
  );
}

/** Both icons are drawn, and the style sheet shows the one that fits: the server does not know the theme. */
export function ThemeButton() {
  const t = useT();
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label={t("shell.theme")}
      title={t("shell.theme")}
      onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
    >
      <span className="icon-sun">
        <Icon of={Sun} />
      </span>
      <span className="icon-moon">
        <Icon of={Moon} />
      </span>
    </button>
  );
}
