import { scheduleDriftPass } from "@/server/domain/registrar";
import { platformContext, type Runtime } from "@/server/kernel/context";
import { isDatabaseGone } from "@/server/kernel/errors";

/** How often is looked whether a comparison is due, in milliseconds. */
const EVERY_MS = 15_000;

/** Lets the SIP records be compared with what Asterisk and Kamailio read, every few minutes and once for all workers. */
export function createDriftSchedule(runtime: Runtime) {
  const ctx = platformContext(runtime, { actor: { type: "system", id: "drift", name: "schedule" } });
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      await scheduleDriftPass(ctx);
    } catch (error) {
      if (!isDatabaseGone(error)) runtime.log.error({ err: error }, "a comparison could not be scheduled");
    }
  }

  return {
    start(): void {
      timer = setInterval(() => {
        work = look();
      }, EVERY_MS);
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await work;
    },
  };
}
