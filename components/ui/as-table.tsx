"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";

/** The figures of a picture in a table that opens, for whoever would rather read them. */
export function AsTable({
  caption,
  columns: [first, ...others],
  rows,
}: {
  caption: string;
  /** Their heads: of what a row is about, and of its figures. */
  columns: readonly [string, ...string[]];
  /** `name` is the first cell. */
  rows: readonly { key: string | number; name: ReactNode; figures: readonly ReactNode[] }[];
}) {
  const t = useT();
  return (
    <details className="as-table">
      <summary>{t("common.asTable")}</summary>
      <div className="as-table__box" tabIndex={0} role="region" aria-label={caption}>
        <table className="table">
          <caption className="sr">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {others.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, figures }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {figures.map((figure, i) => (
                  <td key={others[i]} className="num">
                    {figure}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
