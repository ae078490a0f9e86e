"use client";

import { usePathname } from "next/navigation";
import { useT } from "../i18n/provider";
import { ButtonLink } from "../ui/button";
import { AREAS, pageAt } from "./areas";

const LISTS = AREAS.flatMap(({ href, label, pages }) => pages ?? [{ href, label }]);

/** From a record that is not there to the list that it would be in. */
export function BackToList() {
  const t = useT();
  const path = usePathname();
  const list = pageAt(path, LISTS);
  return list === undefined ? null : (
    <ButtonLink tone="primary" href={list.href}>
      {t("states.toList", { list: t(list.label) })}
    </ButtonLink>
  );
}
