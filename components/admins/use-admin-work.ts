import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type Admin, type Outputs } from "../trpc";
import { toast } from "../ui/toast";
import { adminName } from "./names";

/** What can be done to an admin with one press. */
export const WORKS = ["disable", "enable", "remove", "reset", "renew", "resetTwoFactor", "endSessions"] as const;
export type Work = (typeof WORKS)[number];
export type MadeLink = Outputs["admin"]["reset"];

/** Does it, says that it is done, and has all lists read again. @returns the one-time link, where it made one */
export function useAdminWork(admin: Admin) {
  const t = useT();
  const utils = trpc.useUtils();
  const options = { ...useIdempotency(), gcTime: 0 };
  const calls = {
    disable: trpc.admin.disable.useMutation(options),
    enable: trpc.admin.enable.useMutation(options),
    remove: trpc.admin.remove.useMutation(options),
    reset: trpc.admin.reset.useMutation(options),
    renew: trpc.admin.renewInvitation.useMutation(options),
    resetTwoFactor: trpc.admin.resetTwoFactor.useMutation(options),
    endSessions: trpc.admin.endSessions.useMutation(options),
  };
  return async (work: Work): Promise<MadeLink | null> => {
    const answer = await calls[work].mutateAsync({ id: admin.id });
    const link = "token" in answer ? answer : null;
    if (link === null) toast(t(`admins.works.${work}.done`, { name: adminName(admin) }));
    if (work === "remove") await utils.admin.list.invalidate();
    else await utils.admin.invalidate();
    return link;
  };
}
