import { afterAll, beforeAll } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import type { Runtime } from "@/server/kernel/context";
import { openTestInstallation, type TestInstallation } from "../installation";

/**
 * An installation for the tests of a file, which reach it in other ways too: through what cuts or holds connections.
 * @param options as of openTestInstallation
 */
export function installationWithOtherWays(options: Parameters<typeof openTestInstallation>[1] = {}) {
  const closings: (() => Promise<unknown>)[] = [];
  const held: { installation?: TestInstallation } = {};
  const installation = (): TestInstallation => {
    if (held.installation === undefined) throw new Error("the installation is there while tests run");
    return held.installation;
  };
  beforeAll(async () => void (held.installation = await openTestInstallation({}, options)));
  afterAll(async () => {
    for (const close of closings.reverse()) await close();
    await installation().drop();
  });
  return {
    installation,
    /** Adds something to end after the tests, before what was there earlier. */
    closing: (close: () => Promise<unknown>): void => void closings.push(close),
    /** The same installation, one of its databases reached at another port. */
    throughPort(port: number, which: "bin" | "asterisk" = "bin"): { db: Database; runtime: Runtime } {
      const url = which === "bin" ? installation().url : installation().asteriskUrl;
      const db = openDatabase({ ...parseMysqlDsn(url), host: "127.0.0.1", port }, { size: 8 });
      closings.push(() => closeDatabase(db));
      return { db, runtime: { ...installation().runtime, [which === "bin" ? "db" : "asterisk"]: db } };
    },
  };
}

/** The id in an answer. */
export const idOf = ({ data }: { data?: unknown }): string => (data as { id: string }).id;
