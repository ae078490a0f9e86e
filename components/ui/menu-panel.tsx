"use client";

import { Menu } from "radix-ui/internal";
import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { Chosen, Parts } from "./menu-parts";

export interface MenuPanelProps {
  open: boolean;
  onClose: () => void;
  /** Opened by a key: its first item is at hand at once. */
  byKey: boolean;
  button: RefObject<HTMLButtonElement | null>;
  id: string;
  label?: ReactNode;
  align: "start" | "end";
  children: ReactNode;
}

/** What opens: loaded with the first menu that somebody comes near. */
export function MenuPanel({ open, onClose, byKey, button, id, label, align, children }: MenuPanelProps) {
  const chosen = useRef<(() => void) | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const entered = useRef(false);
  useEffect(() => {
    if (!open) entered.current = false;
  }, [open]);
  return (
    <Menu.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Menu.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
      <Menu.Portal>
        <Menu.Content
          ref={content}
          id={id}
          aria-labelledby={button.current?.id}
          className="menu__panel"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onEntryFocus={(event) => {
            // The panel may not have been there when the key was pressed: it cannot know of it by itself.
            if (!byKey || entered.current) return;
            entered.current = true;
            event.preventDefault();
            content.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus();
          }}
          onInteractOutside={(event) => {
            // The button closes by its own click.
            if (event.target instanceof Node && button.current?.contains(event.target) === true) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
            const run = chosen.current;
            chosen.current = null;
            run?.();
          }}
        >
          {label !== undefined && <Menu.Label className="menu__label">{label}</Menu.Label>}
          <Parts value={Menu}>
            <Chosen value={chosen}>{children}</Chosen>
          </Parts>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
