"use client";

import { PhoneCall } from "lucide-react";
import type { ReactNode } from "react";
import { ThemeButton } from "../shell/theme";
import { Icon } from "../ui/icon";

/** Around the pages before the sign-in. */
export function AuthFrame({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <div className="sign">
      <header className="sign__top">
        <span className="row strong">
          <span className="mark">
            <Icon of={PhoneCall} size="sm" />
          </span>
          VoIPbin Admin
        </span>
        <span className="push">
          <ThemeButton />
        </span>
      </header>
      <main className="sign__main" id="main">
        <div className="sign__card">
          <div className="stack stack--sm">
            <h1>{title}</h1>
            <p className="muted">{text}</p>
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
