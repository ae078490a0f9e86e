/** Whether this tab holds the pages of another build than the one that is served by now. */
let outdated = false;
const listeners = new Set<() => void>();

function markOutdated(): void {
  if (outdated) return;
  outdated = true;
  for (const tell of listeners) tell();
}

/** @param served what an answer of the server names */
export function noteBuild(served: string | null): void {
  const own = document.documentElement.dataset.build;
  if (served !== null && own !== undefined && served !== own) markOutdated();
}

/** A part of the page that is loaded late is gone with the build that it belonged to. */
function noteLostPart(reason: unknown): void {
  if (reason instanceof Error && reason.name === "ChunkLoadError") markOutdated();
}

export const buildState = {
  subscribe(tell: () => void): () => void {
    const failed = ({ error }: ErrorEvent) => noteLostPart(error);
    const rejected = ({ reason }: PromiseRejectionEvent) => noteLostPart(reason);
    window.addEventListener("error", failed);
    window.addEventListener("unhandledrejection", rejected);
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
      window.removeEventListener("error", failed);
      window.removeEventListener("unhandledrejection", rejected);
    };
  },
  isOutdated: (): boolean => outdated,
};
