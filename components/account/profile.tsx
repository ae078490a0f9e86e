"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import type { Account } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { useConfirm } from "./confirm";

const RenameDialog = dynamic(() => import("./rename-dialog").then((module) => module.RenameDialog), { ssr: false });
const PasswordDialog = dynamic(() => import("./password-dialog").then((module) => module.PasswordDialog), {
  ssr: false,
});

/** Who one is. Only others change e-mail and role. */
export function Profile({ account }: { account: Account }) {
  const t = useT();
  const confirm = useConfirm();
  const [open, setOpen] = useState<"name" | "password" | null>(null);
  const renameSeen = useOnceOpen(open === "name");
  const passwordSeen = useOnceOpen(open === "password");
  const close = () => setOpen(null);
  const role = `roles.${account.role}`;
  return (
    <Card id="profile" title={t("account.profile")}>
      <div className="card__body card__body--list">
        <dl className="dl account__facts">
          <dt>{t("account.name")}</dt>
          <dd>
            <span className="account__fact">
              <span>{account.name}</span>
              <Button size="sm" icon={Pencil} onClick={() => setOpen("name")}>
                {t("account.rename")}
              </Button>
            </span>
          </dd>
          <dt>{t("auth.email")}</dt>
          <dd>{account.email}</dd>
          <dt>{t("account.role")}</dt>
          <dd>{t.has(role) ? t(role) : account.role}</dd>
          <dt>{t("auth.password")}</dt>
          <dd>
            <span className="account__fact">
              <span aria-hidden>••••••••</span>
              <Button size="sm" icon={Pencil} onClick={() => confirm(() => setOpen("password"))}>
                {t("account.changePassword")}
              </Button>
            </span>
          </dd>
        </dl>
      </div>
      {renameSeen && <RenameDialog open={open === "name"} name={account.name} onClose={close} />}
      {passwordSeen && <PasswordDialog open={open === "password"} email={account.email} onClose={close} />}
    </Card>
  );
}
