import { Monitor, Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { Rich, useT } from "../i18n/provider";
import { describeAgent } from "../lib/describe-agent";
import type { Outputs } from "../trpc";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";

type Session = Outputs["account"]["sessions"][number];

/** What a session is called: the browser that it is in. */
export function useSessionName({ userAgent }: Pick<Session, "userAgent">): string {
  const t = useT();
  const { name } = describeAgent(userAgent);
  return name === "" ? t("sessions.unknownAgent") : name;
}

/** Where somebody is signed in, since when, and when it was seen last. @param actions what can be done about it */
export function SessionLine({ session, actions }: { session: Session; actions?: ReactNode }) {
  const t = useT();
  const name = useSessionName(session);
  return (
    <li className={actions === undefined ? "list__row" : "list__row account__row"}>
      <Icon of={describeAgent(session.userAgent).mobile ? Smartphone : Monitor} tone="idle" />
      <span className="two">
        <span className="list__title">
          {name} {session.current && <span className="tag">{t("sessions.current")}</span>}
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
      {actions !== undefined && <span className="account__actions">{actions}</span>}
    </li>
  );
}
