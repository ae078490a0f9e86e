import { settleAccounts } from "@/server/domain/registrar";
import { platformContext, type Runtime } from "@/server/kernel/context";
import { toDomainError } from "@/server/kernel/errors";
import { noteFailure } from "@/server/kernel/reachability";

const EVERY_MS = 1_500;

/**
 * Mends SIP accounts whose change was cut in half: by a process that died between the commits of the two databases.
 * Any number of workers may.
 */
export function createSettler(runtime: Runtime, everyMs = EVERY_MS) {
  const ctx = platformContext(runtime, { actor: { type: "system", id: "settle", name: "settle" } });
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let work: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    try {
      let after: Parameters<typeof settleAccounts>[1] = null;
      do after = await settleAccounts(ctx, after);
      while (after !== null && running);
    } catch (error) {
      if (runtime.asterisk !== null) noteFailure(runtime.asterisk, error);
      if (toDomainError(error).code !== "UNAVAILABLE")
        runtime.log.error({ err: error }, "accounts could not be settled");
    }
  }

  function again(): void {
    timer = setTimeout(() => {
      work = round().finally(() => running && again());
    }, everyMs);
  }

  return {
    start(): void {
      running = true;
      again();
    },
    async stop(): Promise<void> {
      running = false;
      if (timer !== null) clearTimeout(timer);
      await work;
    },
  };
}
