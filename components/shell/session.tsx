"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { Right } from "@/server/kernel/permissions";
import type { Outputs } from "../trpc";

export type Session = Outputs["session"]["me"];

const Context = createContext<Session | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <Context value={session}>{children}</Context>
);

export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error("useSession needs a SessionProvider above it");
  return session;
}

/** Whether the signed-in person has a right; the server asks again. */
export function useRight(right: Right): boolean {
  return useSession().rights.includes(right);
}
