"use client";

import { Check, TriangleAlert } from "lucide-react";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc, type RegistrationAlarm } from "../trpc";
import { Button } from "../ui/button";
import { Badge } from "../ui/status";
import { Time } from "../ui/time";
import { toOpenAlarmsInput } from "./list-params";

/** What an alarm is about, in a word. */
export function AlarmKind({ alarm }: { alarm: Pick<RegistrationAlarm, "kind"> }) {
  const t = useT();
  return (
    <Badge tone={alarm.kind === "fight" ? "bad" : "warn"} icon={TriangleAlert}>
      {t(`registrations.kinds.${alarm.kind}`)}
    </Badge>
  );
}

/** Says that the alarm has been seen. */
export function AcknowledgeButton({ alarm }: { alarm: Pick<RegistrationAlarm, "id" | "extension"> }) {
  const t = useT();
  const utils = trpc.useUtils();
  const { mutate, isPending } = trpc.registration.acknowledge.useMutation({
    onSuccess: () => utils.registration.alarms.invalidate(),
  });
  if (!useRight("registration:acknowledge")) return null;
  return (
    <Button
      size="sm"
      icon={Check}
      disabled={isPending}
      aria-label={t("registrations.acknowledgeOf", { extension: alarm.extension })}
      onClick={() => mutate({ id: alarm.id })}
    >
      {t("registrations.acknowledge")}
    </Button>
  );
}

/** The open alarms of one extension; nothing where there are none. */
export function AlarmLines({ extensionId }: { extensionId: string }) {
  const t = useT();
  const { data } = trpc.registration.alarms.useQuery(toOpenAlarmsInput(extensionId));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <ul className="list" aria-label={t("registrations.views.alarms")}>
      {data.items.map((alarm) => (
        <li key={alarm.id} className="alarm">
          <AlarmKind alarm={alarm} />
          <span className="alarm__text">
            {t(`registrations.sentences.${alarm.kind}`, { before: alarm.before, after: alarm.after })}{" "}
            <Time value={alarm.tmLast} quiet />
          </span>
          <AcknowledgeButton alarm={alarm} />
        </li>
      ))}
    </ul>
  );
}
