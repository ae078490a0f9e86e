"use client";

import { LogOut } from "lucide-react";
import { SessionLine } from "../account/session-line";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc, type Admin } from "../trpc";
import { Button } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";

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
            <SessionLine key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}
