"use client";

import {
  Building2,
  CircleUserRound,
  Eye,
  EyeOff,
  Globe,
  Keyboard,
  LogOut,
  Menu as MenuIcon,
  Search,
  Settings,
} from "lucide-react";
import { useT } from "../i18n/provider";
import { RunningJobs } from "../jobs/running-jobs";
import { trpc } from "../trpc";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../ui/menu";
import { Avatar } from "../ui/avatar";
import { useCommands } from "./commands";
import { usePreferences } from "./preferences";
import { useSession } from "./session";
import { ThemeButton } from "./theme";
import { useSignOut } from "./use-sign-out";

export function Topbar() {
  const t = useT();
  const { openPalette, openShortcuts } = useCommands();
  return (
    <header className="topbar">
      <button type="button" className="icon-btn only-sm" popoverTarget="nav" aria-label={t("nav.open")}>
        <Icon of={MenuIcon} />
      </button>
      <TenantName />
      <div className="topbar__search">
        <button type="button" className="search-btn" aria-keyshortcuts="Meta+K Control+K" onClick={openPalette}>
          <Icon of={Search} />
          <span>
            <b className="sr">{t("shell.searchLabel")} </b>
            {t("shell.searchHint")}
          </span>
          <kbd>⌘K</kbd>
        </button>
      </div>
      <div className="topbar__end">
        <RunningJobs />
        <IconButton icon={Keyboard} label={t("shell.shortcuts")} className="hide-sm" onClick={openShortcuts} />
        <MaskButton />
        <ThemeButton />
        <AccountMenu />
      </div>
    </header>
  );
}

/** One switch hides phone numbers while a screen is shared. */
function MaskButton() {
  const t = useT();
  const { preferences, change } = usePreferences();
  return (
    <IconButton
      icon={preferences.masked ? EyeOff : Eye}
      label={t("shell.maskNumbers")}
      aria-pressed={preferences.masked}
      className="hide-sm"
      onClick={() => change({ masked: !preferences.masked })}
    />
  );
}

/** Whose data is shown: all customers', or that of the customer whose admin this is. */
function TenantName() {
  const t = useT();
  const { tenant } = useSession();
  if (tenant.all || tenant.customerId === null) {
    return (
      <span className="tenant">
        <Icon of={Globe} />
        <span className="tenant__name">{t("shell.allCustomers")}</span>
      </span>
    );
  }
  return <OwnTenant id={tenant.customerId} />;
}

function OwnTenant({ id }: { id: string }) {
  const t = useT();
  const customer = trpc.customer.get.useQuery({ id }).data;
  return (
    <span className="tenant">
      <Icon of={Building2} />
      <span className="tenant__name">
        {customer === undefined || customer.name === "" ? t("shell.ownCustomer") : customer.name}
      </span>
    </span>
  );
}

function AccountMenu() {
  const t = useT();
  const { user } = useSession();
  const signOut = useSignOut();
  const role = `roles.${user.role}`;
  const roleName = t.has(role) ? t(role) : user.role;
  return (
    <Menu
      trigger={
        <button type="button" className="icon-btn">
          <Avatar name={user.name} />
          <span className="sr">{t("shell.account", { name: user.name })}</span>
        </button>
      }
      label={
        <>
          {user.name} · {roleName}
          <br />
          {user.email}
        </>
      }
    >
      <MenuSeparator />
      <MenuLink icon={CircleUserRound} href="/account">
        {t("nav.account")}
      </MenuLink>
      <MenuLink icon={Settings} href="/settings">
        {t("shell.settings")}
      </MenuLink>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={signOut}>
        {t("shell.signOut")}
      </MenuItem>
    </Menu>
  );
}
