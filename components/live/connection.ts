/** What a tab hears of changes elsewhere. */
export type LiveMessage =
  /** Records of these kinds have changed. */
  | { kind: "changes"; types: string[] }
  /** Perhaps much has changed: read all anew. */
  | { kind: "all" };

/** What tabs tell each other besides: whether the server hears of changes, and that a tab begins to listen. */
type Message = LiveMessage | { kind: "state"; live: boolean };
interface Hello {
  kind: "hello";
  age: number;
}

const ALL = "*";
/** What a request may take to its server longer than the page's own took. Milliseconds. */
const ON_THE_WAY_MS = 1_000;
/** How long ago the page was asked for: what has changed since may not be on it. Milliseconds. */
const ageMs = (): number => Math.ceil(performance.now()) + ON_THE_WAY_MS;

const NAME = "voipbin.live";
const EVENTS_URL = "/api/events";
/** Between two looks while nobody tells us of changes. Milliseconds. */
const POLL_MS = 20_000;

/**
 * Hears of changes: one tab of a browser keeps the stream open and passes on what it hears, the others listen to it.
 * Without a stream, and while the server itself hears of nothing, each tab looks now and then.
 * @returns what ends it
 */
export function openLive(onMessage: (message: LiveMessage) => void): () => void {
  const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);
  const end = new AbortController();
  const told = { live: true };
  let source: EventSource | null = null;
  /** When the stream told last of which kind of records, for tabs that were read before they listened. */
  const toldAt = new Map<string, number>();

  const pass = (message: Message): void => {
    if (message.kind !== "state")
      for (const type of message.kind === "all" ? [ALL] : message.types) toldAt.set(type, performance.now());
    tabs?.postMessage(message);
    hear(message);
  };
  function welcome(age: number): void {
    if (source === null) return;
    tabs?.postMessage({ kind: "state", live: told.live } satisfies Message);
    const since = performance.now() - age;
    const types = [...toldAt].filter(([, at]) => at >= since).map(([type]) => type);
    if (types.length > 0)
      tabs?.postMessage((types.includes(ALL) ? { kind: "all" } : { kind: "changes", types }) satisfies Message);
  }
  function hear(message: Message): void {
    if (message.kind === "state") {
      if (message.live && !told.live) onMessage({ kind: "all" });
      told.live = message.live;
    } else onMessage(message);
  }
  if (tabs !== null)
    tabs.onmessage = ({ data }: MessageEvent<Message | Hello>) => {
      if (data.kind === "hello") welcome(data.age);
      else hear(data);
    };

  function lead(): void {
    const stream = new EventSource(`${EVENTS_URL}?age=${ageMs()}`);
    source = stream;
    stream.addEventListener("state", ({ data }: MessageEvent<string>) => {
      pass({ kind: "state", live: (JSON.parse(data) as { live: boolean }).live });
    });
    stream.addEventListener("changes", ({ data }: MessageEvent<string>) => {
      const { changes = [], many = false } = JSON.parse(data) as { changes?: { type: string }[]; many?: boolean };
      pass(many ? { kind: "all" } : { kind: "changes", types: [...new Set(changes.map(({ type }) => type))] });
    });
    // The session has ended: the next request says so.
    stream.addEventListener("end", () => {
      stream.close();
      pass({ kind: "all" });
    });
    stream.onerror = () => {
      pass({ kind: "state", live: false });
      if (stream.readyState !== EventSource.CLOSED) return; // it comes back by itself
      const again = setTimeout(lead, POLL_MS);
      end.signal.addEventListener("abort", () => clearTimeout(again));
    };
  }

  const held = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()));
  // Typed as always there, but browsers keep it from pages without TLS.
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) lead();
  else
    locks
      .request(NAME, { signal: end.signal }, () => {
        lead();
        return held;
      })
      .catch(() => undefined); // given up while waiting
  tabs?.postMessage({ kind: "hello", age: ageMs() } satisfies Hello);

  const poll = setInterval(() => {
    if (!told.live && document.visibilityState === "visible") onMessage({ kind: "all" });
  }, POLL_MS);
  return () => {
    end.abort();
    clearInterval(poll);
    source?.close();
    tabs?.close();
  };
}
