"use client";

import { useT } from "../i18n/provider";
import { isSet, toIso } from "../lib/times";
import type { AuditEntry } from "../trpc";
import { CopyButton, CopyId } from "../ui/copy";
import { Time } from "../ui/time";
import { Nothing } from "../ui/nothing";

const WIRE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/;

/** A value as it was written; objects as JSON. */
function show(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  if (typeof value === "string") return WIRE_TIME.test(value) && !isSet(value) ? "–" : value;
  return JSON.stringify(value);
}

const Value = ({ text }: { text: string }) =>
  WIRE_TIME.test(text) ? <time dateTime={toIso(text)}>{text}</time> : text;

/** One entry in full: what was, what is, and where the request came from. */
export function EntryDetails({ entry }: { entry: AuditEntry }) {
  const t = useT();
  const fields = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])];
  return (
    <div className="entry" id={`entry-${entry.id}`}>
      {fields.length > 0 && (
        <div className="entry__diff">
          <table className="diff">
            <caption className="sr">{t("audit.values")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("audit.field")}</th>
                <th scope="col">{t("audit.before")}</th>
                <th scope="col">{t("audit.after")}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => {
                const before = show(entry.before?.[field]);
                const after = show(entry.after?.[field]);
                return (
                  <tr key={field}>
                    <th scope="row">{field}</th>
                    <td className={before === "–" ? undefined : "was"}>
                      <Value text={before} />
                    </td>
                    <td className={after === "–" ? undefined : "now"}>
                      <Value text={after} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
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
        <dd>{entry.requestId === "" ? <Nothing /> : <CopyId id={entry.requestId} what={t("states.requestId")} />}</dd>
      </dl>
    </div>
  );
}
