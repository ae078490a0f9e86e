import { Building2 } from "lucide-react";
import { useMemo } from "react";
import type { FilterField } from "../data-table/filter-field";
import { useT } from "../i18n/provider";
import { useSession } from "../shell/session";

const NONE: readonly FilterField[] = [];

/** A list's filter by whose the rows are; none for somebody who has rows of one customer alone. */
export function useCustomerField(): readonly FilterField[] {
  const t = useT();
  const { tenant } = useSession();
  return useMemo(
    () =>
      tenant.all ? [{ kind: "customer", name: "customer", label: t("customers.customerIs"), icon: Building2 }] : NONE,
    [t, tenant.all],
  );
}
