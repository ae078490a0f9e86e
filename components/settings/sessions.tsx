"use client";

import { LogOut, Monitor, Smartphone } from "lucide-react";
import { toast } from "../ui/toast";
import { useIdempotency } from "../forms/use-form-submit";
import { Rich, useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { useSignOut } from "../shell/use-sign-out";
import { trpc, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";
import { Time } from "../ui/time";
import { describeAgent } from "./describe-agent";

/** Where one is signed in, and a way to end each of them. */
export function Sessions() {
  const t = useT();
  const list = trpc.session.list.useQuery();
  return (
    <section className="card" aria-labelledby="sessions">
      <div className="card__head">
        <h2 id="sessions">{t("sessions.title")}</h2>
        {list.data !== undefined && <span className="count">{list.data.length}</span>}
      </div>
      {list.data === undefined ? (
        list.isError ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <SkeletonLines lines={2} label={t("common.loading")} />
        )
      ) : (
        <ul className="list">
          {list.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SessionRow({ session }: { session: Outputs["session"]["list"][number] }) {
  const t = useT();
  const utils = trpc.useUtils();
  const signOut = useSignOut();
  const idempotency = useIdempotency();
  const agent = describeAgent(session.userAgent);
  const revoke = trpc.session.revoke.useMutation({
    trpc: { context: idempotency.context },
    onSuccess: async () => {
      idempotency.done();
      toast(t("sessions.ended"));
      await utils.session.list.invalidate();
    },
    onError: (error) => toast.error(describeFailure(error, t).message),
  });
  return (
    <li className="list__row">
      <Icon of={agent.mobile ? Smartphone : Monitor} tone="idle" />
      <span className="two">
        <span className="list__title">
          {agent.name === "" ? t("sessions.unknownAgent") : agent.name}{" "}
          {session.current && <span className="tag">{t("sessions.current")}</span>}
        </span>
        <span>
          <Rich
            id="sessions.detail"
            parts={{
              ip: <code>{session.ip === "" ? "–" : session.ip}</code>,
              since: <Time value={session.tmCreate} quiet />,
              seen: <Time value={session.tmLastSeen} quiet />,
            }}
          />
        </span>
      </span>
      {session.current ? (
        <Button size="sm" icon={LogOut} onClick={signOut}>
          {t("shell.signOut")}
        </Button>
      ) : (
        <Button
          size="sm"
          busy={revoke.isPending}
          onClick={() => {
            idempotency.prepare({ id: session.id });
            revoke.mutate({ id: session.id });
          }}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
