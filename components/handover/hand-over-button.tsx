"use client";

import { Smartphone } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import { useRight } from "../shell/session";
import { Button } from "../ui/button";
import type { HandedOver } from "./hand-over-dialog";

// Loaded when it is first opened.
const HandOverDialog = dynamic(() => import("./hand-over-dialog").then((module) => module.HandOverDialog), {
  ssr: false,
});

/** Makes a one-time link to the settings of a live extension; nothing for those who may not. */
export function HandOverButton({ extension }: { extension: HandedOver }) {
  const t = useT();
  const may = useRight("extension:hand-over");
  const [open, setOpen] = useState(false);
  const asked = useOnceOpen(open);
  if (!may) return null;
  return (
    <>
      <Button icon={Smartphone} onClick={() => setOpen(true)}>
        {t("handover.button")}
      </Button>
      {asked && <HandOverDialog extension={extension} open={open} onClose={() => setOpen(false)} />}
    </>
  );
}
