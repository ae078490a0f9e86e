"use client";

import clsx from "clsx";
import {
  cloneElement,
  useContext,
  useId,
  useRef,
  useState,
  type ButtonHTMLAttributes,
  type ComponentType,
  type ReactElement,
  type ReactNode,
  type Ref,
} from "react";
import { HoverLink } from "./hover-link";
import { Icon, type IconShape } from "./icon";
import type { MenuPanelProps } from "./menu-panel";
import { Chosen, Parts } from "./menu-parts";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> };

const loadPanel = () => import("./menu-panel").then((module) => module.MenuPanel);

/** A menu on a button. What it opens is loaded when somebody comes near it. */
export function Menu({
  trigger,
  label,
  align = "end",
  children,
}: {
  /** A button; it is given what a menu's button needs. */
  trigger: ReactElement<ButtonProps>;
  label?: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [Panel, setPanel] = useState<ComponentType<MenuPanelProps> | null>(null);
  const [open, setOpen] = useState<"by-key" | "by-pointer" | null>(null);
  const prepare = () => {
    if (Panel === null) void loadPanel().then((panel) => setPanel(() => panel));
  };
  const toggle = (how: "by-key" | "by-pointer") => {
    prepare();
    setOpen(open === null ? how : null);
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        id: trigger.props.id ?? `${id}-button`,
        "aria-haspopup": "menu",
        "aria-expanded": open !== null,
        "aria-controls": open === null ? undefined : id,
        onPointerEnter: prepare,
        onFocus: prepare,
        // A click without a pointer is a key's.
        onClick: (event) => toggle(event.detail === 0 ? "by-key" : "by-pointer"),
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          toggle("by-key");
        },
      })}
      {Panel !== null && (
        <Panel
          open={open !== null}
          onClose={() => setOpen(null)}
          byKey={open === "by-key"}
          button={button}
          id={id}
          label={label}
          align={align}
        >
          {children}
        </Panel>
      )}
    </>
  );
}

function useParts() {
  const parts = useContext(Parts);
  if (parts === null) throw new Error("a menu's items belong into a Menu");
  return parts;
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
  const { Item } = useParts();
  const chosenRef = useContext(Chosen);
  return (
    <Item
      className={clsx("menu__item", danger && "menu__item--danger")}
      onSelect={() => {
        chosenRef.current = onSelect;
      }}
    >
      <Icon of={icon} />
      {children}
    </Item>
  );
}

export function MenuLink({ icon, href, children }: { icon: IconShape; href: string; children: ReactNode }) {
  const { Item } = useParts();
  return (
    <Item className="menu__item" asChild>
      <HoverLink href={href}>
        <Icon of={icon} />
        {children}
      </HoverLink>
    </Item>
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
  const { CheckboxItem } = useParts();
  return (
    <CheckboxItem
      className="menu__item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="tickmark" data-checked={checked} aria-hidden />
      {children}
    </CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label className="menu__label">{children}</Label>;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator className="menu__sep" />;
}
