"use client";

import { LogOut, Monitor, Smartphone } from "lucide-react";
import { Rich, useT } from "../i18n/provider";
import { describeAgent } from "../lib/describe-agent";
import { useRight } from "../shell/session";
import { trpc, type Admin, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { Icon } from "../ui/icon";
import { SkeletonLines } from "../ui/skeleton";
import { Time } from "../ui/time";

/** Where an admin is signed in, and a way to end all of it. */
export function AdminSessions({ admin, onEnd }: { admin: Admin; onEnd: () => void }) {
  const t = useT();
  const mayEnd = useRight("admin:disable") && admin.manageable;
  const list = trpc.admin.sessions.useQuery({ id: admin.id });
  return (
    <section className="card" aria-labelledby="sessions">
      <div className="card__head">
        <h2 id="sessions">{t("admins.sessions")}</h2>
        {list.data !== undefined && <span className="count">{list.data.length}</span>}
        {mayEnd && list.data !== undefined && list.data.length > 0 && (
          <span className="push">
            <Button size="sm" icon={LogOut} onClick={onEnd}>
              {t("admins.works.endSessions.menu")}
            </Button>
          </span>
        )}
      </div>
      {list.data === undefined ? (
        list.isError ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <SkeletonLines lines={2} label={t("common.loading")} />
        )
      ) : list.data.length === 0 ? (
        <p className="card__body muted">{t("admins.noSessions")}</p>
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

function SessionRow({ session }: { session: Outputs["admin"]["sessions"][number] }) {
  const t = useT();
  const agent = describeAgent(session.userAgent);
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
    </li>
  );
}
