import type { ServerResponse } from "node:http";
import type { Change } from "@/server/kernel/changes";
import type { Context } from "@/server/kernel/context";
import type { Right } from "@/server/kernel/permissions";
import type { ChangeHub } from "./hub";

/** Who listens, as he is at the moment. */
export type Listener = Pick<Context, "actor" | "tenant" | "rights">;

interface Connection {
  response: ServerResponse;
  who: Listener;
  identify: () => Promise<Listener | null>;
  /** Told together a little later, each once. */
  waiting: Map<string, Change>;
  timer: NodeJS.Timeout | null;
}

export interface LiveOptions {
  hub: ChangeHub;
  /** Between two signs of life, at which it is also asked whether the session still lives. Milliseconds. */
  beatMs?: number;
  /** Changes are gathered for so long. Milliseconds. */
  gatherMs?: number;
  mostPerSession?: number;
  mostInAll?: number;
  /** Changes are remembered for so long, for pages that were read before they listened. Milliseconds. */
  rememberMs?: number;
}

/** More than this at once is told as "much has changed". */
const TOLD_MOST = 100;
const REMEMBERED_MOST = 1_000;
/** A reader who is so far behind is let go; the browser comes back and reads anew. Bytes. */
const BEHIND_MOST = 262_144;

/** What one has to be allowed to read to hear that it has changed; what is not listed is the platform's own. */
const RIGHT_OF: Readonly<Record<string, Right>> = {
  customer: "customer:read",
  "access-key": "access-key:read",
  admin: "admin:read",
  session: "admin:read",
  extension: "extension:read",
  job: "job:read",
  "dead-letter": "dead-letter:read",
  trunk: "trunk:read",
  registration: "registration:read",
  "registration-alarm": "registration:read",
};

/** Whether a change is to be told to somebody: his tenant, and his rights. */
export function concerns(change: Change, { actor, tenant, rights }: Listener): boolean {
  if (!tenant.all && change.customerId !== tenant.customerId) return false;
  const right = RIGHT_OF[change.type];
  return right === undefined ? tenant.all : rights.has(right) || change.by === actor.id;
}

const keyOf = ({ actor }: Listener): string => (actor.type === "admin" ? actor.sessionId : actor.id);

/** Open server-sent events: who listens hears which records have changed, until his session ends. */
export function createLiveStream({
  hub,
  beatMs = 20_000,
  gatherMs = 250,
  mostPerSession = 6,
  mostInAll = 2_000,
  rememberMs = 30_000,
}: LiveOptions) {
  const connections = new Set<Connection>();
  /** The latest changes, the oldest first, and since when there is none missing. */
  const remembered: { at: number; change: Change }[] = [];
  let completeSince = performance.now();

  function remember(change: Change): void {
    const now = performance.now();
    remembered.push({ at: now, change });
    const stale = remembered.findIndex(({ at }) => at > now - rememberMs);
    const forgotten = remembered.splice(0, Math.max(stale, remembered.length - REMEMBERED_MOST));
    completeSince = forgotten.at(-1)?.at ?? completeSince;
  }

  const write = (connection: Connection, event: string, data: unknown): void => {
    const { response } = connection;
    if (response.writableLength > BEHIND_MOST) return close(connection);
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  function close(connection: Connection): void {
    if (!connections.delete(connection)) return;
    if (connection.timer !== null) clearTimeout(connection.timer);
    connection.response.end();
  }

  function flush(connection: Connection): void {
    connection.timer = null;
    const changes = [...connection.waiting.values()];
    connection.waiting.clear();
    write(connection, "changes", changes.length > TOLD_MOST ? { many: true } : { changes });
  }

  /** Ends what belongs to nobody any more, and follows a change of role. */
  async function check(connection: Connection): Promise<void> {
    const who = await connection.identify().catch(() => connection.who); // a database that is away ends no session
    if (who === null || keyOf(who) !== keyOf(connection.who)) {
      write(connection, "end", {});
      return close(connection);
    }
    connection.who = who;
  }

  function gather(connection: Connection, change: Change): void {
    if (!concerns(change, connection.who)) return;
    connection.waiting.set(`${change.type} ${change.id}`, change);
    connection.timer ??= setTimeout(() => flush(connection), gatherMs);
  }

  hub.listen((change) => {
    remember(change);
    const about = change.type === "admin" || change.type === "session";
    for (const connection of connections) {
      if (about && (change.id === connection.who.actor.id || change.id === keyOf(connection.who)))
        void check(connection);
      gather(connection, change);
    }
  });
  hub.onState((state) => {
    if (state === "up") completeSince = performance.now(); // other processes told nobody meanwhile
    for (const connection of connections) write(connection, "state", { live: state === "up" });
  });
  const beat = setInterval(() => {
    for (const connection of connections) {
      connection.response.write(": still here\n\n");
      void check(connection);
    }
  }, beatMs);
  beat.unref();

  return {
    /**
     * Answers with events until the reader leaves, with those first that he missed.
     * @param identify asks again who he is; null once he is nobody
     * @param ageMs how long ago the page was read that is to be kept up to date
     */
    async open(response: ServerResponse, identify: () => Promise<Listener | null>, ageMs = 0): Promise<void> {
      const since = performance.now() - ageMs;
      const who = await identify();
      if (who === null) return void response.writeHead(401).end();
      const same = [...connections].filter((each) => keyOf(each.who) === keyOf(who)).length;
      if (same >= mostPerSession || connections.size >= mostInAll)
        return void response.writeHead(429, { "retry-after": "30" }).end();
      const connection: Connection = { response, who, identify, waiting: new Map(), timer: null };
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      response.write("retry: 3000\n\n");
      connections.add(connection);
      response.on("close", () => close(connection));
      write(connection, "state", { live: hub.state() === "up" });
      if (since < completeSince) write(connection, "changes", { many: true });
      else for (const { at, change } of remembered) if (at >= since) gather(connection, change);
    },
    count: () => connections.size,
    stop(): void {
      clearInterval(beat);
      for (const connection of [...connections]) close(connection);
    },
  };
}
