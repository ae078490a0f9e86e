import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Toasts } from "@/components/shell/toasts";
import { I18nProvider } from "@/components/i18n/provider";
import { PreferencesProvider } from "@/components/shell/preferences";
import { ThemeProvider } from "@/components/shell/theme";
import { TrpcProvider } from "@/components/trpc";
import { TimeProvider } from "@/components/ui/time";
import { getWebProcess } from "@/server/process-registry";
import { getI18n, getPreferences } from "./i18n";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "VoIPbin Admin", template: "%s · VoIPbin Admin" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, messages }, preferences, head] = await Promise.all([getI18n(), getPreferences(), headers()]);
  return (
    <html
      lang={locale}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-density={preferences.density}
      data-build={getWebProcess().build}
      suppressHydrationWarning
    >
      <body>
        <ThemeProvider nonce={head.get("x-nonce") ?? undefined}>
          <I18nProvider locale={locale} messages={messages}>
            <PreferencesProvider initial={preferences}>
              <TimeProvider now={requestTime()}>
                <TrpcProvider>{children}</TrpcProvider>
                <Toasts />
              </TimeProvider>
            </PreferencesProvider>
          </I18nProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}

/** Pages are drawn anew for each request, so the clock may be asked. */
const requestTime = (): number => Date.now();
