"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { openLive } from "./connection";

/** Which procedures' answers a change makes stale, by the kind of record; a kind that is not listed has a router of its name. */
const ROUTERS: Readonly<Record<string, readonly string[]>> = {
  "access-key": ["accessKey"],
  "dead-letter": ["deadLetter"],
  extension: ["extension", "handover"],
  session: ["session", "account"],
  // Lists and pages of extensions show who is registered.
  registration: ["registration", "extension"],
  // Deleting a customer goes on in a job.
  job: ["job", "customer"],
  "registration-alarm": ["registration"],
};
const ALL = ["customer", "accessKey", "admin", "job", "deadLetter", "extension", "trunk", "registration"] as const;
/** What the shell is drawn with does not change under it. */
const KEPT = "me";
/** Answers are read anew at most so often. Milliseconds. */
const FIRST_MS = 150;
const THEN_MS = 1_000;

/** Reads anew what is shown when it has changed elsewhere. One for the whole console. */
export function LiveUpdates() {
  const queries = useQueryClient();
  useEffect(() => {
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const refresh = () => {
      timer = undefined;
      last = Date.now();
      const routers = [...stale];
      stale.clear();
      void queries.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          Array.isArray(path) && routers.includes(String(path[0])) && path[1] !== KEPT,
      });
    };
    const close = openLive((message) => {
      const routers = message.kind === "all" ? ALL : message.types.flatMap((type) => ROUTERS[type] ?? [type]);
      for (const router of [...routers, "audit"]) stale.add(router);
      timer ??= setTimeout(refresh, Math.max(FIRST_MS, last + THEN_MS - Date.now()));
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [queries]);
  return null;
}
