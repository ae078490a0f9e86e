"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";

const WIRE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/;
/** Longer values are folded, to be opened. */
const LONG = 240;

/** A value as it was written, empty where there is none; objects as JSON. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return WIRE_TIME.test(value) && !isSet(value) ? "" : value;
  return JSON.stringify(value, null, 2);
}

/** How much two texts share at the beginning and at the end; surrogate pairs are not cut. */
function shared(a: string, b: string): { start: number; end: number } {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  if (start > 0 && /[\ud800-\udbff]/.test(a[start - 1] ?? "")) start--;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  if (end > 0 && /[\udc00-\udfff]/.test(a[a.length - end] ?? "")) end--;
  return { start, end };
}

/** What changed, field by field: the value before beside the one after, with the part that differs marked. */
export function Diff({
  before,
  after,
}: {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}) {
  const t = useT();
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  return (
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
            const was = textOf(before?.[field]);
            const now = textOf(after?.[field]);
            const common = was === "" || now === "" ? { start: 0, end: 0 } : shared(was, now);
            return (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td className={was === "" ? undefined : "was"} data-side={t("audit.before")}>
                  <Value text={was} {...common} mark="del" />
                </td>
                <td className={now === "" ? undefined : "now"} data-side={t("audit.after")}>
                  <Value text={now} {...common} mark="ins" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Value({ text, start, end, mark: Mark }: { text: string; start: number; end: number; mark: "del" | "ins" }) {
  const t = useT();
  if (text === "") {
    return (
      <span className="faint">
        <span aria-hidden>–</span>
        <span className="sr">{t("common.none")}</span>
      </span>
    );
  }
  const differs = text.slice(start, text.length - end);
  const whole: ReactNode =
    start + end === 0 ? (
      text
    ) : (
      <>
        {text.slice(0, start)}
        {differs !== "" && <Mark>{differs}</Mark>}
        {text.slice(text.length - end)}
      </>
    );
  if (text.length <= LONG) return whole;
  return (
    <details className="fold">
      <summary>
        {text.slice(0, 80)}… <span className="muted">{t("audit.long", { count: text.length })}</span>
      </summary>
      {whole}
    </details>
  );
}
