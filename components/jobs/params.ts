import { createLoader, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import type { JobResultsInput, JobState, ListJobsInput, ResultState } from "@/server/domain/jobs/schemas";
import { pageParams, toPageInput } from "../data-table/list-params";

export const JOB_STATES = ["queued", "running", "done", "failed", "cancelled"] as const satisfies readonly JobState[];
export const RESULT_STATES = ["pending", "done", "skipped", "failed"] as const satisfies readonly ResultState[];
const isOf = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((each) => each === text);

/** What the address of the list of jobs says. */
export const jobListParams = {
  view: parseAsStringLiteral(["all", "mine"]).withDefault("all"),
  state: parseAsString.withDefault(""),
  type: parseAsString.withDefault(""),
  ...pageParams,
};
export const loadJobListParams = createLoader(jobListParams);

export const toJobListInput = (params: inferParserType<typeof jobListParams>): ListJobsInput => ({
  filter: {
    state: isOf(JOB_STATES, params.state),
    type: params.type === "" ? undefined : params.type.slice(0, 64),
    mine: params.view === "mine" ? true : undefined,
  },
  ...toPageInput(params),
});

/** What the address of one job says. */
export const jobParams = { result: parseAsString.withDefault(""), ...pageParams };
export const loadJobParams = createLoader(jobParams);

export const toJobResultsInput = (id: string, params: inferParserType<typeof jobParams>): JobResultsInput => ({
  id,
  state: isOf(RESULT_STATES, params.result),
  ...toPageInput(params),
});
