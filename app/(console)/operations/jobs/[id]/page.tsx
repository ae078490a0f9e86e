import { forbidden } from "@/app/forbidden-page";
import { JobPage } from "@/components/jobs/job-page";
import { loadJobParams, toJobResultsInput } from "@/components/jobs/params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../../i18n";
import { orNotFound, prefetcher } from "../../../../prefetch";
import { titled } from "../../../../titled";

export const generateMetadata = titled("jobs.job");

export default async function Job({ params, searchParams }: PageProps<"/operations/jobs/[id]">) {
  const [{ id }, query, { t }, { trpc, HydrateClient }] = await Promise.all([
    params,
    loadJobParams(searchParams),
    getI18n(),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("job:read")) return forbidden(t);
  const job = await orNotFound(trpc.job.get({ id }));
  await Promise.all([
    trpc.job.get.prefetch({ id }),
    job.bulk ? trpc.job.results.prefetch(toJobResultsInput(id, query)) : null,
  ]);
  return (
    <HydrateClient>
      <UrlState>
        <JobPage id={id} />
      </UrlState>
    </HydrateClient>
  );
}
