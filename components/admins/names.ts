import { useCallback } from "react";
import { useT } from "../i18n/provider";
import { isBlank } from "../lib/keys";

/** Invited people may have no name yet. */
export const adminName = ({ name, email }: { name: string; email: string }): string => (isBlank(name) ? email : name);

/** What a role is called; an unknown one by its own name. */
export function useRoleName(): (role: string) => string {
  const t = useT();
  return useCallback(
    (role) => {
      const key = `roles.${role}`;
      return t.has(key) ? t(key) : role;
    },
    [t],
  );
}
