"use client";

import { History } from "lucide-react";
import { Rich, useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { Icon } from "../ui/icon";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { auditIcon, resourceName, useActionName, useActorName } from "./describe";
import { auditHref, toAuditSummaryInput } from "./params";
import { HoverLink } from "../ui/hover-link";
import { Loaded } from "../ui/loaded";

/** The last few changes, each a link to its entry. */
export function AuditSummary({
  customerId,
  actorId,
  resourceId,
}: {
  customerId?: string;
  actorId?: string;
  resourceId?: string;
}) {
  const t = useT();
  const actionName = useActionName();
  const actorName = useActorName();
  const list = trpc.audit.list.useQuery(toAuditSummaryInput(customerId, actorId, resourceId));
  return (
    <Loaded query={list} lines={8}>
      {({ items }) =>
        items.length === 0 ? (
          <State icon={History} title={t("audit.noneTitle")} text={t("audit.noneText")} />
        ) : (
          <ul className="list">
            {items.map((entry) => (
              <li key={entry.id}>
                <HoverLink
                  className="list__row"
                  href={
                    customerId === undefined
                      ? `/activity/audit${auditHref({ entry: entry.id })}`
                      : `/customers/${customerId}?tab=audit&entry=${entry.id}`
                  }
                >
                  <Icon of={auditIcon(entry.action)} tone="idle" />
                  <span className="list__text">
                    <Rich
                      id="audit.sentence"
                      parts={{
                        who: <b className="strong">{actorName(entry)}</b>,
                        did: actionName(entry.action),
                        what: <b className="strong">{entry.resourceType === "session" ? "" : resourceName(entry)}</b>,
                      }}
                    />
                  </span>
                  <span className="list__end">
                    <Time value={entry.tmCreate} quiet />
                  </span>
                </HoverLink>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
