"use client";

import { useT } from "../i18n/provider";
import type { AuditEntry } from "../trpc";
import { CopyButton, CopyId } from "../ui/copy";
import { Time } from "../ui/time";
import { HoverLink } from "../ui/hover-link";
import { Nothing } from "../ui/nothing";
import { useActorName } from "./describe";
import { Diff } from "./diff";

export type AuditFilter = "request" | "resource" | "actor";

/** One entry in full: what was, what is, and where the request came from. @param filterHref the list of all that has a value in common */
export function EntryDetails({
  entry,
  filterHref,
}: {
  entry: AuditEntry;
  filterHref: (filter: AuditFilter, value: string) => string;
}) {
  const t = useT();
  const actorName = useActorName();
  const more = (filter: AuditFilter, value: string) => (
    <HoverLink className="small" href={filterHref(filter, value)} scroll={false}>
      {t(`audit.more.${filter}`)}
    </HoverLink>
  );
  return (
    <div className="entry" id={`entry-${entry.id}`}>
      <Diff before={entry.before} after={entry.after} />
      <dl className="dl dl--tight">
        <dt>{t("audit.time")}</dt>
        <dd>
          <Time value={entry.tmCreate} />
          <code>{entry.tmCreate} UTC</code>
        </dd>
        <dt>{t("audit.action")}</dt>
        <dd>
          <code>{entry.action}</code>
        </dd>
        {entry.resourceId !== "" && (
          <>
            <dt>{t("audit.record")}</dt>
            <dd>
              <span className="tag">{entry.resourceType}</span>
              <CopyId id={entry.resourceId} what={t("common.id")} />
              {more("resource", entry.resourceId)}
            </dd>
          </>
        )}
        {entry.actorId !== "" && (
          <>
            <dt>{t("audit.who")}</dt>
            <dd>
              {actorName(entry)}
              <CopyId id={entry.actorId} what={t("common.id")} />
              {more("actor", entry.actorId)}
            </dd>
          </>
        )}
        {entry.ip !== "" && (
          <>
            <dt>{t("audit.from")}</dt>
            <dd>
              <code>{entry.ip}</code>
              <CopyButton text={entry.ip} what={t("audit.from")} />
            </dd>
          </>
        )}
        {entry.userAgent !== "" && (
          <>
            <dt>{t("audit.agent")}</dt>
            <dd className="muted">{entry.userAgent}</dd>
          </>
        )}
        <dt>{t("states.request")}</dt>
        <dd>
          {entry.requestId === "" ? (
            <Nothing />
          ) : (
            <>
              <CopyId id={entry.requestId} what={t("states.requestId")} />
              {more("request", entry.requestId)}
            </>
          )}
        </dd>
      </dl>
    </div>
  );
}
