"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useOnceOpen } from "../lib/use-once-open";

const LeaveDialog = dynamic(() => import("./leave-dialog").then((module) => module.LeaveDialog), { ssr: false });

interface Guard {
  /** Says whether the form with this name holds changes that are not saved. */
  mark: (name: string, dirty: boolean) => void;
  /** Does something that leaves the page, or only the form with this name, after asking where changes would be lost. */
  leave: (go: () => void, name?: string) => void;
  hasChanges: () => boolean;
}

const Context = createContext<Guard>({ mark: () => undefined, leave: (go) => go(), hasChanges: () => false });

/** The part of the Navigation API that is needed, where browsers have it. */
interface TraverseEvent extends Event {
  navigationType: string;
  destination: { key: string };
}
type Navigation = EventTarget & { traverseTo: (key: string) => unknown };

/** Asks before a link, the back button or closing the tab throws unsaved changes away. */
export function LeaveGuardProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const dirty = useRef(new Set<string>());
  const [pending, setPending] = useState<{ go: () => void; name?: string | undefined } | null>(null);
  const asked = useOnceOpen(pending !== null);

  const mark = useCallback((name: string, isDirty: boolean) => {
    if (isDirty) dirty.current.add(name);
    else dirty.current.delete(name);
  }, []);
  const leave = useCallback<Guard["leave"]>((go, name) => {
    if (name === undefined ? dirty.current.size === 0 : !dirty.current.has(name)) go();
    else setPending({ go, name });
  }, []);

  const hasChanges = useCallback(() => dirty.current.size > 0, []);

  useEffect(() => {
    const closing = (event: BeforeUnloadEvent) => {
      if (dirty.current.size > 0) event.preventDefault();
    };
    const clicked = (event: MouseEvent) => {
      if (
        dirty.current.size === 0 ||
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey
      )
        return;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (
        !(link instanceof HTMLAnchorElement) ||
        link.target !== "" ||
        link.hasAttribute("download") ||
        link.origin !== window.location.origin
      )
        return;
      if (link.pathname === window.location.pathname && link.hash !== "") return;
      event.preventDefault();
      event.stopPropagation();
      setPending({ go: () => router.push(link.pathname + link.search) });
    };
    const navigation = (window as unknown as { navigation?: Navigation }).navigation;
    const traversed = (event: Event) => {
      const { navigationType, destination } = event as TraverseEvent;
      if (dirty.current.size === 0 || navigationType !== "traverse" || !event.cancelable) return;
      event.preventDefault();
      setPending({ go: () => navigation?.traverseTo(destination.key) });
    };
    window.addEventListener("beforeunload", closing);
    window.addEventListener("click", clicked, { capture: true });
    navigation?.addEventListener("navigate", traversed);
    return () => {
      window.removeEventListener("beforeunload", closing);
      window.removeEventListener("click", clicked, { capture: true });
      navigation?.removeEventListener("navigate", traversed);
    };
  }, [router]);

  return (
    <Context value={useMemo(() => ({ mark, leave, hasChanges }), [mark, leave, hasChanges])}>
      {children}
      {asked && (
        <LeaveDialog
          open={pending !== null}
          onStay={() => setPending(null)}
          onLeave={() => {
            if (pending?.name === undefined) dirty.current.clear();
            else dirty.current.delete(pending.name);
            setPending(null);
            pending?.go();
          }}
        />
      )}
    </Context>
  );
}

/** Guards the changes of one form while `isDirty`. The name tells forms apart. */
export function useLeaveGuard(name: string, isDirty: boolean): void {
  const { mark } = useContext(Context);
  useEffect(() => {
    mark(name, isDirty);
    return () => mark(name, false);
  }, [mark, name, isDirty]);
}

/** For what leaves the page without a link: commands, shortcuts. */
export const useLeave = (): Guard["leave"] => useContext(Context).leave;

/** Whether any form of the page holds changes that are not saved. */
export const useHasChanges = (): Guard["hasChanges"] => useContext(Context).hasChanges;
