"use client";

import { FileUp, ListPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { PickedCustomer } from "../customers/customer-picker";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import { Button } from "../ui/button";
import { Menu, MenuItem, MenuLink } from "../ui/menu";

const RangeDialog = dynamic(() => import("./range-dialog").then((module) => module.RangeDialog), { ssr: false });

/**
 * The ways to create many extensions at once.
 * @param customer who is proposed as their owner
 */
export function ManyMenu({ customer }: { customer: PickedCustomer | null }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const seen = useOnceOpen(open);
  return (
    <>
      <Menu trigger={<Button icon={ListPlus}>{t("sipImport.many")}</Button>}>
        <MenuItem icon={ListPlus} onSelect={() => setOpen(true)}>
          {t("sipImport.range.open")}
        </MenuItem>
        <MenuLink icon={FileUp} href="/sip/extensions/import">
          {t("sipImport.fromFile")}
        </MenuLink>
      </Menu>
      {seen && <RangeDialog open={open} onClose={() => setOpen(false)} customer={customer} />}
    </>
  );
}
