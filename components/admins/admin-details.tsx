"use client";

import { Globe } from "lucide-react";
import { useT } from "../i18n/provider";
import type { Admin } from "../trpc";
import { Card } from "../ui/card";
import { Note } from "../ui/note";
import { Time } from "../ui/time";
import { LastSignIn, Reach, TwoFactor } from "./columns";
import { useRoleName } from "./names";

/** What an admin may do, and how well the account is kept. */
export function AdminDetails({ admin }: { admin: Admin }) {
  const t = useT();
  const roleName = useRoleName();
  const key = `admins.roleText.${admin.role}`;
  return (
    <Card id="details" title={t("admins.details")}>
      <div className="card__body card__body--list">
        <dl className="dl">
          <dt>{t("admins.email")}</dt>
          <dd>
            <a className="trunc" href={`mailto:${admin.email}`}>
              {admin.email}
            </a>
          </dd>
          <dt>{t("admins.role")}</dt>
          <dd>
            <div className="two">
              <span>{roleName(admin.role)}</span>
              {t.has(key) && <span>{t(key)}</span>}
            </div>
          </dd>
          <dt>{t("admins.reach")}</dt>
          <dd>
            <Reach admin={admin} />
          </dd>
          <dt>{t("admins.twoFactor")}</dt>
          <dd>
            <TwoFactor on={admin.twoFactor} />
          </dd>
          <dt>{t("admins.lastSignIn")}</dt>
          <dd>
            <LastSignIn admin={admin} />
          </dd>
          <dt>{t("admins.added")}</dt>
          <dd>
            <Time value={admin.tmCreate} as="date" />
          </dd>
          {admin.status === "disabled" && (
            <>
              <dt>{t("admins.disabledSince")}</dt>
              <dd>
                <Time value={admin.tmDisable} />
              </dd>
            </>
          )}
          {admin.status === "invited" && admin.tmInvite !== "" && (
            <>
              <dt>{t("admins.linkEnds")}</dt>
              <dd>
                <Time value={admin.tmInvite} />
              </dd>
            </>
          )}
        </dl>
        {!admin.manageable && (
          <Note icon={Globe}>
            <p>{t("admins.moreRights")}</p>
          </Note>
        )}
      </div>
    </Card>
  );
}
