"use client";

import type { ReactNode } from "react";
import { LeaveGuardProvider } from "../forms/leave-guard";
import { useT } from "../i18n/provider";
import { LiveUpdates } from "../live/live";
import { CommandsProvider } from "./commands";
import { Nav } from "./nav";
import { NavigationProgress } from "./navigation-progress";
import { usePreferences } from "./preferences";
import { SessionProvider, type Session } from "./session";
import { Topbar } from "./topbar";
import { UpdateNotice } from "./update-notice";

/** Everything around a page of the console. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  return (
    <SessionProvider session={session}>
      <LeaveGuardProvider>
        <CommandsProvider>
          <Frame>{children}</Frame>
        </CommandsProvider>
      </LeaveGuardProvider>
    </SessionProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useT();
  const { preferences } = usePreferences();
  return (
    <>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      <NavigationProgress />
      <LiveUpdates />
      <div className="shell" data-rail={preferences.rail || undefined}>
        <Nav />
        <div className="shell__main">
          <Topbar />
          <UpdateNotice />
          <main className="page" id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
