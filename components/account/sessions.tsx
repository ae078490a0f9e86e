"use client";

import { LogOut } from "lucide-react";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useSignOut } from "../shell/use-sign-out";
import { trpc, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Loaded } from "../ui/loaded";
import { toast } from "../ui/toast";
import { useFailureToast } from "../ui/use-failure-toast";
import { SessionLine, useSessionName } from "./session-line";

/** Where one is signed in, and a way to end each of them, and all others. */
export function Sessions() {
  const t = useT();
  const utils = trpc.useUtils();
  const list = trpc.account.sessions.useQuery();
  const endOthers = trpc.account.endSessions.useMutation({
    ...useIdempotency(),
    onSuccess: async () => {
      toast(t("sessions.othersEnded"));
      await utils.account.sessions.invalidate();
    },
    onError: useFailureToast(),
  });
  const others = (list.data ?? []).filter(({ current }) => !current).length;
  return (
    <Card
      id="sessions"
      title={t("sessions.title")}
      text={t("sessions.text")}
      aside={
        others > 0 && (
          <Button
            size="sm"
            icon={LogOut}
            busy={endOthers.isPending}
            onClick={() => endOthers.mutate({ keepThis: true })}
          >
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      <Loaded query={list} lines={2}>
        {(sessions) => (
          <ul className="list">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

function SessionRow({ session }: { session: Outputs["account"]["sessions"][number] }) {
  const t = useT();
  const utils = trpc.useUtils();
  const signOut = useSignOut();
  const name = useSessionName(session);
  const end = trpc.account.endSession.useMutation({
    ...useIdempotency(),
    onSuccess: async () => {
      toast(t("sessions.ended"));
      await utils.account.sessions.invalidate();
    },
    onError: useFailureToast(),
  });
  return (
    <SessionLine
      session={session}
      actions={
        session.current ? (
          <Button size="sm" icon={LogOut} onClick={signOut}>
            {t("shell.signOut")}
          </Button>
        ) : (
          <Button
            size="sm"
            busy={end.isPending}
            aria-label={t("sessions.endOf", { name })}
            onClick={() => end.mutate({ id: session.id })}
          >
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
}
