import type { Metadata } from "next";
import { cache } from "react";
import { forbidden } from "@/app/forbidden-page";
import { toAuditSummaryInput } from "@/components/audit/params";
import { ExtensionPage } from "@/components/extensions/extension-page";
import { extensionName } from "@/components/extensions/names";
import { toOpenAlarmsInput } from "@/components/registrations/list-params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../../i18n";
import { orNotFound, prefetcher } from "../../../../prefetch";

const getExtension = cache(async (id: string) => {
  const { trpc } = await prefetcher();
  const { rights } = await trpc.session.me();
  return rights.includes("extension:read") ? await orNotFound(trpc.extension.get({ id })) : null;
});

export async function generateMetadata({ params }: PageProps<"/sip/extensions/[id]">): Promise<Metadata> {
  const extension = await getExtension((await params).id);
  return extension === null ? {} : { title: extensionName(extension) };
}

export default async function Extension({ params }: PageProps<"/sip/extensions/[id]">) {
  const [{ id }, { t }, { trpc, HydrateClient }] = await Promise.all([params, getI18n(), prefetcher()]);
  if ((await getExtension(id)) === null) return forbidden(t);
  const { rights } = await trpc.session.me();
  await Promise.all([
    trpc.extension.get.prefetch({ id }),
    ...(rights.includes("registration:read")
      ? [trpc.registration.history.prefetch({ id }), trpc.registration.alarms.prefetch(toOpenAlarmsInput(id))]
      : []),
    rights.includes("audit:read") && trpc.audit.list.prefetch(toAuditSummaryInput(undefined, undefined, id)),
  ]);
  return (
    <HydrateClient>
      <UrlState>
        <ExtensionPage id={id} />
      </UrlState>
    </HydrateClient>
  );
}
