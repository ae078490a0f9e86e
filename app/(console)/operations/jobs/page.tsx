import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { JobList } from "@/components/jobs/job-list";
import { loadJobListParams, toJobListInput } from "@/components/jobs/params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../i18n";
import { openDefaultView } from "../../../default-view";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("jobs.title") });

export default async function Jobs({ searchParams }: PageProps<"/operations/jobs">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadJobListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("job:read")) return forbidden(t);
  await openDefaultView("jobs", "/operations/jobs", searchParams);
  await trpc.job.list.prefetch(toJobListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <JobList />
      </UrlState>
    </HydrateClient>
  );
}
