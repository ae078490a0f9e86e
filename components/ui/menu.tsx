"use client";

import clsx from "clsx";
import { DropdownMenu } from "radix-ui";
import { createContext, useContext, useRef, type ReactNode } from "react";
import { Icon, type IconShape } from "./icon";
import { HoverLink } from "./hover-link";

/** What was chosen runs once the menu has gone and focus is back on its button: a dialog that it opens returns it there. */
const Chosen = createContext<{ current: (() => void) | null }>({ current: null });

export function Menu({
  trigger,
  label,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  label?: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  const chosen = useRef<(() => void) | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild ref={button}>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu__panel"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
            const run = chosen.current;
            chosen.current = null;
            run?.();
          }}
        >
          {label !== undefined && <DropdownMenu.Label className="menu__label">{label}</DropdownMenu.Label>}
          <Chosen value={chosen}>{children}</Chosen>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  icon,
  danger = false,
  onSelect,
  children,
}: {
  icon: IconShape;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  const chosenRef = useContext(Chosen);
  return (
    <DropdownMenu.Item
      className={clsx("menu__item", danger && "menu__item--danger")}
      onSelect={() => {
        chosenRef.current = onSelect;
      }}
    >
      <Icon of={icon} />
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuLink({ icon, href, children }: { icon: IconShape; href: string; children: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu__item" asChild>
      <HoverLink href={href}>
        <Icon of={icon} />
        {children}
      </HoverLink>
    </DropdownMenu.Item>
  );
}

/** Ticking one keeps the menu open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      className="menu__item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="tickmark" data-checked={checked} aria-hidden />
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu__label">{children}</DropdownMenu.Label>
);
export const MenuSeparator = () => <DropdownMenu.Separator className="menu__sep" />;
