import { sampleRegistrations } from "@/server/domain/registrar";
import type { Runtime } from "@/server/kernel/context";
import { isDatabaseGone } from "@/server/kernel/errors";
import { noteFailure } from "@/server/kernel/reachability";

/** Each worker offers itself so often; one of them looks, once a minute. Milliseconds. */
const EVERY_MS = 5_000;
/** Told one by one up to here; beyond it pages hear of it by what they show. */
const TOLD_MOST = 100;

/** Samples who is registered (see {@link sampleRegistrations}), and tells pages of the alarms. */
export function createRegistrationSampler(runtime: Runtime, everyMs = EVERY_MS) {
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> | null = null;

  async function look(): Promise<void> {
    try {
      const sample = await sampleRegistrations(runtime);
      for (const { id, customerId } of sample?.alarms.slice(0, TOLD_MOST) ?? [])
        runtime.announce({ type: "registration-alarm", id, customerId, by: "worker" });
    } catch (error) {
      if (runtime.asterisk !== null) noteFailure(runtime.asterisk, error);
      if (!isDatabaseGone(error)) runtime.log.error({ err: error }, "registrations could not be sampled");
    }
  }

  return {
    /** Once, now. */
    look,
    start(): void {
      if (runtime.asterisk === null) return;
      timer = setInterval(() => {
        work ??= look().finally(() => (work = null));
      }, everyMs);
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await work;
    },
  };
}
