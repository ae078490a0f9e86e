"use client";

import clsx from "clsx";
import { Dialog as Radix, VisuallyHidden } from "radix-ui";
import { useRef, type ReactNode, type RefObject } from "react";

/** Focus goes where it was before; Radix knows that only for dialogs with a button of their own. */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    remember: () => {
      before.current = document.activeElement;
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      const target = before.current;
      if (target instanceof HTMLElement && target.isConnected && target !== document.body) target.focus();
      else document.getElementById("main")?.focus();
    },
  };
}

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  /** The question. */
  title: ReactNode;
  /** What goes with it. */
  description?: ReactNode;
  wide?: boolean;
  /** Where focus starts: on the safe way out, or on the first field. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Told of a stray click or Escape instead of `onClose`, where closing has to be meant. */
  onStrayClose?: () => void;
  role?: "dialog" | "alertdialog";
  children: ReactNode;
}

/** A dialog; from the bottom edge on narrow screens. The page behind is out of reach while it is open. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  wide = false,
  initialFocus,
  onStrayClose,
  role = "dialog",
  children,
}: DialogProps) {
  const { remember, giveBack } = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && (onStrayClose ?? onClose)()}>
      <Radix.Portal>
        <Radix.Overlay className="backdrop" />
        <Radix.Content
          role={role}
          aria-modal="true"
          className={clsx("dialog", wide && "dialog--wide")}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onOpenAutoFocus={(event) => {
            remember();
            if (initialFocus?.current === null || initialFocus === undefined) return;
            event.preventDefault();
            initialFocus.current.focus();
          }}
          onCloseAutoFocus={giveBack}
        >
          <div className="dialog__head">
            <Radix.Title className="dialog__title">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description asChild>
                <div className="muted">{description}</div>
              </Radix.Description>
            )}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The command palette: a dialog without a visible title, at the top. */
export function PaletteDialog({
  open,
  onClose,
  onClosed,
  title,
  children,
}: {
  open: boolean;
  onClose: () => void;
  /** Once it has gone and focus is back where it was. */
  onClosed: () => void;
  title: string;
  children: ReactNode;
}) {
  const { remember, giveBack } = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="backdrop" />
        <Radix.Content
          className="palette"
          aria-modal="true"
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={(event) => {
            giveBack(event);
            onClosed();
          }}
        >
          <VisuallyHidden.Root>
            <Radix.Title>{title}</Radix.Title>
          </VisuallyHidden.Root>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
