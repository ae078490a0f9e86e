"use client";

import { LogOut } from "lucide-react";
import { SessionLine } from "../account/session-line";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc, type Admin } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Loaded } from "../ui/loaded";

/** Where an admin is signed in, and a way to end all of it. */
export function AdminSessions({ admin, onEnd }: { admin: Admin; onEnd: () => void }) {
  const t = useT();
  const mayEnd = useRight("admin:disable") && admin.manageable;
  const list = trpc.admin.sessions.useQuery({ id: admin.id });
  return (
    <Card
      id="sessions"
      title={t("admins.sessions")}
      count={list.data?.length}
      aside={
        mayEnd &&
        list.data !== undefined &&
        list.data.length > 0 && (
          <Button size="sm" icon={LogOut} onClick={onEnd}>
            {t("admins.works.endSessions.menu")}
          </Button>
        )
      }
    >
      <Loaded query={list} lines={2}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p className="card__body muted">{t("admins.noSessions")}</p>
          ) : (
            <ul className="list">
              {sessions.map((session) => (
                <SessionLine key={session.id} session={session} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
