import { NIL_UUID } from "@/server/kernel/ids";
import { platformContext, type Runtime } from "@/server/kernel/context";
import { isDatabaseGone, isDomainError } from "@/server/kernel/errors";
import {
  claimJobs,
  finishJob,
  postponeJob,
  requeueJob,
  saveJobProgress,
  type Job,
  type JobHandler,
} from "@/server/kernel/jobs";

export interface JobRunnerOptions {
  runtime: Runtime;
  handlers: Readonly<Record<string, JobHandler>>;
  /** Names this worker in the claims. */
  worker: string;
  /** How often to look without being nudged, in milliseconds. */
  pollMs?: number;
  /** After each run: `done`, `queued` (to be tried again) or `failed`. */
  observe?(type: string, outcome: string): void;
}

const AT_ONCE = 4;

/** A job that was cancelled, or whose worker is going: it is left where it is. */
class Interrupted extends Error {}

/** Runs due jobs. Any number of workers may: each job is claimed by one, and by another when that one dies. */
export function createJobRunner({ runtime, handlers, worker, pollMs = 1_000, observe }: JobRunnerOptions) {
  let running = false;
  let nudged = false;
  let wake: (() => void) | null = null;
  let loop: Promise<void> = Promise.resolve();

  const inWork = new Set<Promise<void>>();

  async function run(): Promise<void> {
    while (running) {
      nudged = false;
      try {
        const jobs =
          inWork.size < AT_ONCE ? await claimJobs(runtime.db, runtime.now(), worker, AT_ONCE - inWork.size) : [];
        for (const job of jobs) {
          const work = runJob(job).finally(() => {
            inWork.delete(work);
            nudge();
          });
          inWork.add(work);
        }
      } catch (error) {
        if (!isDatabaseGone(error)) runtime.log.error({ err: error }, "jobs could not be claimed");
      }
      if (!nudged && running) await pause();
    }
    await Promise.all(inWork);
  }

  function nudge(): void {
    nudged = true;
    wake?.();
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, pollMs);
      function done(): void {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });

  async function runJob(job: Job): Promise<void> {
    const handler = handlers[job.type];
    const ctx = platformContext(runtime, {
      actor: { type: "system", id: job.id, name: job.type },
      requestId: job.requestId,
    });
    try {
      if (handler === undefined) throw new Error(`there is no handler for ${job.type}`);
      const end = await handler(ctx, job, async (progress) => {
        const mine = await saveJobProgress(runtime.db, runtime.now(), job, progress);
        announce(job);
        if (!mine || !running) throw new Interrupted();
      });
      if (end === "again") return await requeueJob(runtime.db, runtime.now(), job);
      await finishJob(runtime.db, runtime.now(), job);
      announce(job);
      observe?.(job.type, "done");
    } catch (error) {
      if (error instanceof Interrupted) return void (await release(job));
      runtime.log.warn(
        { err: error, jobId: job.id, type: job.type, attempts: job.attempts },
        "job failed; it is tried again later",
      );
      const reason = isDomainError(error)
        ? error.message
        : "Something failed on our side; the log has more under the job's id.";
      const outcome = await postponeJob(runtime.db, runtime.now(), job, reason).catch(() => "queued"); // the lease runs out by itself
      announce(job);
      observe?.(job.type, outcome);
    }
  }

  const announce = ({ id, customerId, owner }: Job): void =>
    runtime.announce({ type: "job", id, customerId: customerId === NIL_UUID ? null : customerId, by: owner.id });

  /** Lets another worker go on at once; a cancelled job stays cancelled. */
  async function release(job: Job): Promise<void> {
    await requeueJob(runtime.db, runtime.now(), job).catch(() => undefined);
  }

  return {
    nudge,
    start(): void {
      running = true;
      loop = run();
    },
    /** Lets running jobs reach the end of their page, and gives them up for another worker. */
    async stop(): Promise<void> {
      running = false;
      wake?.();
      await loop;
    },
  };
}
