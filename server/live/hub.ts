import type { Change } from "@/server/kernel/changes";
import type { Log } from "@/server/kernel/context";

/** Channel on which processes tell one another of changes. */
export const CHANGES_CHANNEL = "changes";

/** The part of Redis that this needs. */
export interface ChangeBus {
  publish(channel: string, message: string): Promise<boolean>;
  subscribe(channel: string, listener: (message: string) => void): () => void;
  state(): "up" | "down";
  onChange(listener: (state: "up" | "down") => void): () => void;
}

export interface ChangeHub {
  /** Tells all processes of a change; while Redis is down, those at least who listen here. */
  announce(change: Change): void;
  /** Tells those alone who listen here: of what every process notices by itself. */
  tell(change: Change): void;
  /** @returns what ends it */
  listen(listener: (change: Change) => void): () => void;
  state(): "up" | "down";
  onState(listener: (state: "up" | "down") => void): () => void;
}

/** Tells of changes without hearing of any: for processes that nobody looks at. */
export const announceOn =
  (bus: Pick<ChangeBus, "publish">) =>
  (change: Change): void =>
    void bus.publish(CHANGES_CHANNEL, JSON.stringify(change));

/** Changes from all processes, through Redis. */
export function createChangeHub(bus: ChangeBus, log: Log): ChangeHub {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change): void => {
    for (const listener of [...listeners]) listener(change);
  };
  bus.subscribe(CHANGES_CHANNEL, (message) => {
    try {
      tell(JSON.parse(message) as Change);
    } catch (error) {
      log.warn({ err: error }, "a change could not be read");
    }
  });
  return {
    announce(change) {
      void bus.publish(CHANGES_CHANNEL, JSON.stringify(change)).then((taken) => {
        if (!taken) tell(change);
      });
    },
    tell,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => bus.state(),
    onState: (listener) => bus.onChange(listener),
  };
}
