import { JobList } from "@/components/jobs/job-list";
import { loadJobListParams, toJobListInput } from "@/components/jobs/params";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("jobs.title");

export default listPage({
  right: "job:read",
  load: loadJobListParams,
  opensWith: { views: "jobs", path: "/operations/jobs" },
  read: (trpc, params) => trpc.job.list.prefetch(toJobListInput(params)),
  list: <JobList />,
});
