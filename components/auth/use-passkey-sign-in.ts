"use client";

import { useRef, useState } from "react";
import { loadAnew } from "../lib/load-anew";
import { trpc } from "../trpc";
import { refusalOf, toRefusal, type Refusal } from "./refusals";
import { finishSignIn } from "./session-api";

/**
 * Signing in with a passkey.
 * @param token of the sign-in whose second step it is; without one the passkey is all there is to it
 */
export function usePasskeySignIn(callback: string, onRefused: (refusal: Refusal) => void, token?: string) {
  const [busy, setBusy] = useState(false);
  const underway = useRef(false);
  const ask = trpc.auth.passkey.useMutation({ gcTime: 0 });

  const attempt = async (): Promise<Refusal | null> => {
    const { askForPasskey, describePasskeyError } = await import("./passkey-client");
    const asked = await ask.mutateAsync({ token });
    try {
      const passkey = await askForPasskey(asked.options);
      const refusal = await finishSignIn({ token: asked.token, passkey: JSON.stringify(passkey) });
      return refusal === null ? null : toRefusal(refusal);
    } catch (error) {
      return { key: describePasskeyError(error), minutes: 0 };
    }
  };

  const start = async () => {
    if (underway.current) return;
    underway.current = true;
    setBusy(true);
    const refusal = await attempt().catch(refusalOf);
    // A full load: nothing that was kept for somebody else stays in memory.
    if (refusal === null) return loadAnew(callback);
    underway.current = false;
    setBusy(false);
    onRefused(refusal);
  };
  return { busy, start: () => void start() };
}
