"use client";

import { Ban, CircleCheck, Ellipsis, KeyRound, MailPlus, Pencil, ShieldOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { useLast } from "../lib/use-once-open";
import { PageHead } from "../shell/page-head";
import { useSession } from "../shell/session";
import { trpc, type Admin } from "../trpc";
import { Button, IconButton } from "../ui/button";
import { CopyId } from "../ui/copy";
import { Menu, MenuItem } from "../ui/menu";
import { RecordState } from "../ui/record-state";
import { AdminActivity } from "./admin-activity";
import { AdminDetails } from "./admin-details";
import { AdminSessions } from "./admin-sessions";
import { AdminStatus } from "./admin-status";
import { adminName } from "./names";
import type { MadeLink, Work } from "./use-admin-work";

// Loaded when they are first opened.
const EditDialog = dynamic(() => import("./edit-dialog").then((module) => module.EditDialog), { ssr: false });
const WorkDialog = dynamic(() => import("./work-dialog").then((module) => module.WorkDialog), { ssr: false });
const LinkDialog = dynamic(() => import("./link-dialog").then((module) => module.LinkDialog), { ssr: false });

type Open = Work | "edit";

export function AdminPage({ id }: { id: string }) {
  const t = useT();
  const router = useRouter();
  const { rights } = useSession();
  const query = trpc.admin.get.useQuery({ id });
  const [open, setOpen] = useState<Open | null>(null);
  const [made, setMade] = useState<MadeLink | null>(null);
  const work = useLast(open === "edit" ? null : open);
  const [edited, linked] = [useLast(open === "edit" ? true : null), useLast(made)];
  const admin = query.data;
  if (admin === undefined) return <RecordState query={query} />;
  const close = () => setOpen(null);
  const onDone = (done: Work, link: MadeLink | null) => {
    if (done === "remove") router.push("/settings/admins");
    else setMade(link);
  };
  return (
    <>
      <PageHead
        crumbs={{
          label: t("shell.breadcrumb"),
          items: [{ text: t("admins.title"), href: "/settings/admins" }, { text: adminName(admin) }],
        }}
        title={adminName(admin)}
        badge={<AdminStatus admin={admin} badge />}
        meta={
          <>
            <span>{admin.email}</span>
            <CopyId id={admin.id} what={t("admins.id")} />
          </>
        }
        actions={<Actions admin={admin} onOpen={setOpen} />}
      />
      <div className="grid">
        <div className="stack col-7">
          <AdminDetails admin={admin} />
          <AdminSessions admin={admin} onEnd={() => setOpen("endSessions")} />
        </div>
        {rights.includes("audit:read") && <AdminActivity admin={admin} />}
      </div>
      {edited !== null && <EditDialog admin={admin} open={open === "edit"} onClose={close} />}
      {work !== null && <WorkDialog admin={admin} work={work} open={open === work} onClose={close} onDone={onDone} />}
      {linked !== null && (
        <LinkDialog
          made={made}
          purpose={admin.status === "invited" ? "invite" : "reset"}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}

/** Only what the one who looks may do, and nothing that would end his own access. */
function Actions({ admin, onOpen }: { admin: Admin; onOpen: (what: Open) => void }) {
  const t = useT();
  const { rights, user } = useSession();
  if (!admin.manageable) return null;
  const other = admin.id !== user.id;
  const may = {
    update: rights.includes("admin:update"),
    invite: rights.includes("admin:invite") && admin.status === "invited",
    reset: other && rights.includes("admin:reset") && admin.status === "active",
    disable: other && rights.includes("admin:disable"),
  };
  return (
    <>
      {may.update && (
        <Button icon={Pencil} onClick={() => onOpen("edit")}>
          {t("common.edit")}
        </Button>
      )}
      {may.invite && (
        <Button icon={MailPlus} onClick={() => onOpen("renew")}>
          {t("admins.works.renew.menu")}
        </Button>
      )}
      {may.disable && admin.status === "disabled" && (
        <Button icon={CircleCheck} onClick={() => onOpen("enable")}>
          {t("admins.works.enable.menu")}
        </Button>
      )}
      {(may.reset || may.disable) && (
        <Menu trigger={<IconButton icon={Ellipsis} label={t("common.actionsFor", { name: adminName(admin) })} />}>
          {may.reset && (
            <MenuItem icon={KeyRound} onSelect={() => onOpen("reset")}>
              {t("admins.works.reset.menu")}
            </MenuItem>
          )}
          {may.reset && admin.twoFactor && (
            <MenuItem icon={ShieldOff} danger onSelect={() => onOpen("resetTwoFactor")}>
              {t("admins.works.resetTwoFactor.menu")}
            </MenuItem>
          )}
          {may.disable && admin.status !== "disabled" && (
            <MenuItem icon={Ban} danger onSelect={() => onOpen("disable")}>
              {t("admins.works.disable.menu")}
            </MenuItem>
          )}
          {may.disable && (
            <MenuItem icon={Trash2} danger onSelect={() => onOpen("remove")}>
              {t(admin.status === "invited" ? "admins.works.withdraw.menu" : "admins.works.remove.menu")}
            </MenuItem>
          )}
        </Menu>
      )}
    </>
  );
}
