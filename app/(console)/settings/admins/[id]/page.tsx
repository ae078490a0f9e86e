import type { Metadata } from "next";
import { cache } from "react";
import { forbidden } from "@/app/forbidden-page";
import { AdminPage } from "@/components/admins/admin-page";
import { adminName } from "@/components/admins/names";
import { toAuditSummaryInput } from "@/components/audit/params";
import { getI18n } from "../../../../i18n";
import { orNotFound, prefetcher } from "../../../../prefetch";

const mayRead = cache(async () => (await (await prefetcher()).trpc.session.me()).rights.includes("admin:read"));
const getAdmin = cache(async (id: string) => orNotFound((await prefetcher()).trpc.admin.get({ id })));

export async function generateMetadata({ params }: PageProps<"/settings/admins/[id]">): Promise<Metadata> {
  const { id } = await params;
  return { title: (await mayRead()) ? adminName(await getAdmin(id)) : (await getI18n()).t("admins.title") };
}

export default async function Admin({ params }: PageProps<"/settings/admins/[id]">) {
  const [{ id }, { t }, { trpc, HydrateClient }] = await Promise.all([params, getI18n(), prefetcher()]);
  if (!(await mayRead())) return forbidden(t);
  await getAdmin(id);
  await Promise.all([
    trpc.admin.get.prefetch({ id }),
    trpc.admin.sessions.prefetch({ id }),
    trpc.audit.list.prefetch(toAuditSummaryInput(undefined, id)),
  ]);
  return (
    <HydrateClient>
      <AdminPage id={id} />
    </HydrateClient>
  );
}
