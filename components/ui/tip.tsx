"use client";

import { cloneElement, useEffect, useId, useRef, type HTMLAttributes, type ReactElement } from "react";

/** How long a pointer rests before the words appear. */
const REST_MS = 300;

/**
 * Words about an element, on hover and on focus; Escape takes them away. The element has to be able to take focus. The
 * browser's own popover is placed by its style (`.tip`).
 */
export function Tip({ text, children }: { text: string; children: ReactElement<HTMLAttributes<HTMLElement>> }) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = (around: HTMLElement) => {
    clearTimeout(timer.current);
    const source = around.firstElementChild;
    // Given its source, it is placed by it.
    if (tip.current?.isConnected === true)
      (tip.current as { showPopover(options?: object): void }).showPopover({ source });
  };
  const hide = () => {
    clearTimeout(timer.current);
    if (tip.current?.matches(":popover-open") === true) tip.current.hidePopover();
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <span
      className="tip-for"
      onPointerEnter={({ currentTarget }) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => show(currentTarget), REST_MS);
      }}
      onPointerLeave={hide}
      onFocus={({ currentTarget, target }) => target.matches(":focus-visible") && show(currentTarget)}
      onBlur={hide}
      onKeyDown={({ key }) => key === "Escape" && hide()}
    >
      {cloneElement(children, { "aria-describedby": id })}
      <span ref={tip} id={id} role="tooltip" className="tip" popover="manual">
        {text}
      </span>
    </span>
  );
}
