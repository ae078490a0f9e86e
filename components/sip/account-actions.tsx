"use client";

import { ArchiveRestore, Ellipsis, Eye, KeyRound, Pencil, SquareArrowOutUpRight, Trash2 } from "lucide-react";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useSession } from "../shell/session";
import { Button, ButtonLink, IconButton } from "../ui/button";
import { Menu, MenuItem, MenuLink } from "../ui/menu";
import { accountHref, type Account } from "./account";
import type { SipDialog } from "./dialogs";

/** What the person may do to an account as it is. */
export function useAllowed({ kind, tmDelete, password }: Account) {
  const { rights } = useSession();
  const deleted = isSet(tmDelete);
  const live = !deleted;
  return {
    edit: live && rights.includes(`${kind}:update`),
    rotate: live && password && rights.includes(`${kind}:update`),
    reveal: live && password && rights.includes(`${kind}:reveal`),
    delete: live && rights.includes(`${kind}:delete`),
    restore: deleted && rights.includes(`${kind}:restore`),
  };
}

/** At the end of a list's row: ways to the account's page and its dialogs. */
export function RowActions({ account }: { account: Account }) {
  const t = useT();
  const may = useAllowed(account);
  const { name } = account;
  const href = accountHref(account);
  return (
    <Menu trigger={<IconButton size="sm" icon={Ellipsis} label={t("common.actionsFor", { name })} />}>
      <MenuLink icon={SquareArrowOutUpRight} href={href}>
        {t("common.open")}
      </MenuLink>
      {may.edit && (
        <MenuLink icon={Pencil} href={`${href}/edit`}>
          {t("common.edit")}
        </MenuLink>
      )}
      {may.rotate && (
        <MenuLink icon={KeyRound} href={`${href}?dialog=rotate`}>
          {t("sip.rotate")}
        </MenuLink>
      )}
      {may.delete && (
        <MenuLink icon={Trash2} href={`${href}?dialog=delete`}>
          {t("sip.delete")}
        </MenuLink>
      )}
      {may.restore && (
        <MenuLink icon={ArchiveRestore} href={`${href}?dialog=restore`}>
          {t("sip.restore")}
        </MenuLink>
      )}
    </Menu>
  );
}

/** At the head of an account's own page. */
export function PageActions({ account, onOpen }: { account: Account; onOpen: (dialog: SipDialog) => void }) {
  const t = useT();
  const may = useAllowed(account);
  const { name } = account;
  const href = accountHref(account);
  if (may.restore)
    return (
      <Button icon={ArchiveRestore} onClick={() => onOpen("restore")}>
        {t("sip.restore")}
      </Button>
    );
  if (!may.edit && !may.reveal && !may.delete) return null;
  return (
    <>
      {may.edit && (
        <ButtonLink icon={Pencil} href={`${href}/edit`}>
          {t("common.edit")}
        </ButtonLink>
      )}
      {(may.reveal || may.rotate || may.delete) && (
        <Menu trigger={<IconButton icon={Ellipsis} label={t("common.actionsFor", { name })} />}>
          {may.reveal && (
            <MenuItem icon={Eye} onSelect={() => onOpen("reveal")}>
              {t("sip.reveal")}
            </MenuItem>
          )}
          {may.rotate && (
            <MenuItem icon={KeyRound} onSelect={() => onOpen("rotate")}>
              {t("sip.rotate")}
            </MenuItem>
          )}
          {may.delete && (
            <MenuItem icon={Trash2} danger onSelect={() => onOpen("delete")}>
              {t("sip.delete")}
            </MenuItem>
          )}
        </Menu>
      )}
    </>
  );
}
