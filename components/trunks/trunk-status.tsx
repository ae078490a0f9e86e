"use client";

import { CircleCheck, KeyRound, Network, Trash2, TriangleAlert } from "lucide-react";
import { AUTH_TYPES } from "@/server/domain/registrar/limits";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { Icon } from "../ui/icon";
import { Badge, Status } from "../ui/status";
import { Time } from "../ui/time";

/** Whether a trunk lives. */
export function TrunkStatus({ tmDelete }: { tmDelete: string }) {
  const t = useT();
  return isSet(tmDelete) ? (
    <Badge tone="idle" icon={Trash2}>
      <span>
        {t("sip.deletedBadge")} <Time value={tmDelete} quiet />
      </span>
    </Badge>
  ) : (
    <Badge tone="ok" icon={CircleCheck}>
      {t("trunks.live")}
    </Badge>
  );
}

const SHAPES = { basic: KeyRound, ip: Network };

/** How a trunk is known. @param short one word each, for lists */
export function AuthTypes({ authTypes, short = false }: { authTypes: readonly string[]; short?: boolean }) {
  const t = useT();
  const known = AUTH_TYPES.filter((type) => authTypes.includes(type));
  if (known.length === 0)
    return (
      <Status tone="warn" icon={TriangleAlert}>
        {t("trunks.authNone")}
      </Status>
    );
  return (
    <span className={short ? "tags" : "row"}>
      {known.map((type) => (
        <span className="tag" key={type}>
          <Icon of={SHAPES[type]} size="sm" />
          {t(short ? `trunks.auth.short_${type}` : `trunks.auth.${type}`)}
        </span>
      ))}
    </span>
  );
}
