"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { toastsWanted } from "../ui/toast";

const Toaster = dynamic(() => import("./toaster").then((module) => module.Toaster), { ssr: false });

/** Where toasts appear, from the first one on. */
export function Toasts() {
  const wanted = useSyncExternalStore(toastsWanted.subscribe, toastsWanted.get, () => false);
  return wanted ? <Toaster /> : null;
}
