import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { idOrNone } from "@/components/data-table/list-params";
import { UrlState } from "@/components/lib/url-state";
import {
  loadRegistrationListParams,
  toAlarmListInput,
  toRegistrationListInput,
} from "@/components/registrations/list-params";
import { RegistrationsPage } from "@/components/registrations/registrations-page";
import { getI18n } from "../../../i18n";
import { openDefaultView } from "../../../default-view";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getI18n()).t("registrations.title"),
});

export default async function Registrations({ searchParams }: PageProps<"/sip/registrations">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadRegistrationListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("registration:read")) return forbidden(t);
  await openDefaultView("registrations", "/sip/registrations", searchParams);
  await Promise.all([
    ...(params.view === "now"
      ? [
          trpc.registration.list.prefetch(toRegistrationListInput(params)),
          trpc.registration.counts.prefetch({ customerId: idOrNone(params.customer) }),
          trpc.registration.overTime.prefetch({ span: "day", customerId: idOrNone(params.customer) }),
        ]
      : [trpc.registration.alarms.prefetch(toAlarmListInput({ ...params, view: params.view }))]),
  ]);
  return (
    <HydrateClient>
      <UrlState>
        <RegistrationsPage />
      </UrlState>
    </HydrateClient>
  );
}
