"use client";

import { KeyRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import { trpc, type Job, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Time } from "../ui/time";

export type OnceFile = Outputs["job"]["takeOnceFile"];

const OnceFileDialog = dynamic(() => import("./once-file-dialog").then((module) => module.OnceFileDialog), {
  ssr: false,
});
const TakeDialog = dynamic(() => import("./once-file-dialog").then((module) => module.TakeDialog), { ssr: false });

/** While the job runs it is asked this often whether the passwords are there. Milliseconds. */
const POLL_MS = 2_000;
/** Kinds of jobs that make new passwords. */
const MAKES_PASSWORDS = /^(extension|trunk)\.(restore-many|rotate-many|create-range|import)$/;

/** Where the new passwords of a job are fetched, by who has asked for it. */
export function OnceFileCard({ job }: { job: Job }) {
  return MAKES_PASSWORDS.test(job.type) ? <Passwords job={job} /> : null;
}

function Passwords({ job }: { job: Job }) {
  const t = useT();
  const query = trpc.job.onceFile.useQuery(
    { id: job.id },
    { refetchInterval: ({ state }) => (state.data?.state === "later" ? POLL_MS : false) },
  );
  const [asking, setAsking] = useState(false);
  const [file, setFile] = useState<OnceFile | null>(null);
  const asked = useOnceOpen(asking);
  const shown = useOnceOpen(file !== null);
  const { state, tmExpire } = query.data ?? { state: "none", tmExpire: "" };
  return (
    <>
      {state !== "none" && (
        <Card id="once-file" title={t("sipBulk.once.title")}>
          <div className="card__body stack stack--xs">
            <p className="muted">{t(`sipBulk.once.${state}`)}</p>
            {state === "ready" && (
              <div className="row">
                <Button tone="primary" icon={KeyRound} onClick={() => setAsking(true)}>
                  {t("sipBulk.once.take")}
                </Button>
                <span className="muted">
                  {t("sipBulk.once.until")} <Time value={tmExpire} />
                </span>
              </div>
            )}
          </div>
        </Card>
      )}
      {asked && (
        <TakeDialog
          jobId={job.id}
          open={asking}
          onClose={() => setAsking(false)}
          onTaken={(taken) => {
            setAsking(false);
            setFile(taken);
          }}
        />
      )}
      {shown && (
        <OnceFileDialog
          file={file}
          onClose={() => {
            setFile(null);
            void query.refetch();
          }}
        />
      )}
    </>
  );
}
