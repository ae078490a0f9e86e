import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { AuditList } from "@/components/audit/audit-list";
import { loadAuditParams, toAuditInput } from "@/components/audit/params";
import { PageHead } from "@/components/shell/page-head";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("audit.title") });

export default async function Audit({ searchParams }: PageProps<"/activity/audit">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadAuditParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("audit:read")) return forbidden(t);
  await trpc.audit.list.prefetch(toAuditInput(params));
  return (
    <HydrateClient>
      <PageHead title={t("audit.title")} sub={t("audit.text")} />
      <UrlState>
        <AuditList path="/activity/audit" />
      </UrlState>
    </HydrateClient>
  );
}
