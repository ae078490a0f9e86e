"use client";

import {
  Activity,
  ArchiveRestore,
  Ban,
  CreditCard,
  Eye,
  KeyRound,
  LogIn,
  LogOut,
  Pencil,
  Plus,
  RefreshCw,
  ShieldAlert,
  Trash2,
  UserPlus,
  Wrench,
} from "lucide-react";
import { useCallback } from "react";
import { useT } from "../i18n/provider";
import { isBlank, shortId } from "../lib/keys";
import { UUID } from "@/db/uuid";
import type { AuditEntry } from "../trpc";
import type { IconShape } from "../ui/icon";

const ICONS: Record<string, IconShape> = {
  create: Plus,
  update: Pencil,
  delete: Trash2,
  restore: ArchiveRestore,
  revoke: Ban,
  rotate: RefreshCw,
  begin: LogIn,
  end: LogOut,
  refuse: ShieldAlert,
  "set-password": KeyRound,
  "set-billing-account": CreditCard,
  "retry-deletion": RefreshCw,
  "rotate-password": KeyRound,
  "reveal-password": Eye,
  repair: Wrench,
  settle: Wrench,
};

export function auditIcon(action: string): IconShape {
  if (action === "admin.create") return UserPlus;
  return ICONS[action.split(".").at(-1) ?? ""] ?? Activity;
}

/** What an entry is about, by the name that its values hold. */
export function resourceName(entry: AuditEntry): string {
  for (const values of [entry.after, entry.before]) {
    for (const field of ["extension", "domainName", "name", "email"]) {
      const value = values?.[field];
      if (typeof value === "string" && !isBlank(value)) return value;
    }
  }
  return entry.resourceId === "" ? "" : shortId(entry.resourceId);
}

/** Where the record of an entry can be seen; null where there is no page for it. */
export function resourceHref(entry: AuditEntry): string | null {
  const { resourceType: type, resourceId: id } = entry;
  if (!UUID.test(id)) return null;
  if (type === "customer") return `/customers/${id}`;
  if (type === "access-key") return `/access-keys?q=${id}`;
  if (type === "extension") return `/sip/extensions/${id}`;
  if (type === "trunk") return `/sip/trunks/${id}`;
  if (type === "admin") return `/settings/admins/${id}`;
  if (type === "job") return `/operations/jobs/${id}`;
  return null;
}

/** Where the one who did it can be seen; null where there is no page for him. */
export function actorHref({ actorType, actorId }: AuditEntry): string | null {
  if (!UUID.test(actorId)) return null;
  if (actorType === "access-key") return `/access-keys?q=${actorId}`;
  if (actorType === "admin") return `/settings/admins/${actorId}`;
  return null;
}

/** The actions that a list can be filtered by; as the verbs write them. */
export const ACTIONS = [
  "customer.create",
  "customer.update",
  "customer.delete",
  "customer.restore",
  "customer.set-billing-account",
  "customer.retry-deletion",
  "access-key.create",
  "access-key.update",
  "access-key.rotate",
  "access-key.revoke",
  "access-key.restore",
  "admin.create",
  "admin.invite",
  "admin.accept-invitation",
  "admin.renew-invitation",
  "admin.withdraw-invitation",
  "admin.update",
  "admin.set-password",
  "admin.disable",
  "admin.enable",
  "admin.reset",
  "admin.reset-two-factor",
  "admin.end-sessions",
  "admin.remove",
  "session.begin",
  "session.end",
  "session.refuse",
  "extension.hand-over",
  "extension.use-hand-over",
  "extension.withdraw-hand-over",
  "job.cancel",
  "job.retry",
  "dead-letter.replay",
  "dead-letter.discard",
  "extension.create",
  "extension.update",
  "extension.rotate-password",
  "extension.reveal-password",
  "extension.delete",
  "extension.restore",
  "trunk.create",
  "trunk.update",
  "trunk.rotate-password",
  "trunk.reveal-password",
  "trunk.delete",
  "trunk.restore",
  "drift.look",
  "drift.repair",
  "extension.settle",
  "job.take-once-file",
  "registration-alarm.acknowledge",
] as const;

/** "created customer", or the action's own name for one that there are no words for yet. */
export function useActionName(): (action: string) => string {
  const t = useT();
  return useCallback(
    (action: string) => {
      const key = `audit.actions.${action.replace(".", "_").replaceAll("-", "_")}`;
      return t.has(key) ? t(key) : action;
    },
    [t],
  );
}

export function useActorName(): (entry: AuditEntry) => string {
  const t = useT();
  return (entry) => {
    if (!isBlank(entry.actorName))
      return entry.actorType === "access-key" ? t("audit.byKey", { name: entry.actorName }) : entry.actorName;
    const key = `audit.actors.${entry.actorType.replace("-", "_")}`;
    return t.has(key) ? t(key) : entry.actorType;
  };
}
