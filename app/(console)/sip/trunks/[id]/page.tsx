import type { Metadata } from "next";
import { cache } from "react";
import { forbidden } from "@/app/forbidden-page";
import { toAuditSummaryInput } from "@/components/audit/params";
import { UrlState } from "@/components/lib/url-state";
import { trunkName } from "@/components/trunks/names";
import { TrunkPage } from "@/components/trunks/trunk-page";
import { getI18n } from "../../../../i18n";
import { orNotFound, prefetcher } from "../../../../prefetch";

const getTrunk = cache(async (id: string) => {
  const { trpc } = await prefetcher();
  const { rights } = await trpc.session.me();
  return rights.includes("trunk:read") ? await orNotFound(trpc.trunk.get({ id })) : null;
});

export async function generateMetadata({ params }: PageProps<"/sip/trunks/[id]">): Promise<Metadata> {
  const trunk = await getTrunk((await params).id);
  return trunk === null ? {} : { title: trunkName(trunk) };
}

export default async function Trunk({ params }: PageProps<"/sip/trunks/[id]">) {
  const [{ id }, { t }, { trpc, HydrateClient }] = await Promise.all([params, getI18n(), prefetcher()]);
  if ((await getTrunk(id)) === null) return forbidden(t);
  const { rights } = await trpc.session.me();
  await Promise.all([
    trpc.trunk.get.prefetch({ id }),
    rights.includes("audit:read") && trpc.audit.list.prefetch(toAuditSummaryInput(undefined, undefined, id)),
  ]);
  return (
    <HydrateClient>
      <UrlState>
        <TrunkPage id={id} />
      </UrlState>
    </HydrateClient>
  );
}
