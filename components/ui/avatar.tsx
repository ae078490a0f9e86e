import clsx from "clsx";

const initials = (name: string): string =>
  name
    .split(/[\s._@-]+/)
    .filter((part) => part !== "")
    .slice(0, 2)
    .map((part) => [...part][0]?.toUpperCase() ?? "")
    .join("");

/** Initials; the name stands beside it or is the label of what holds it. */
export function Avatar({ name, small = false, system = false }: { name: string; small?: boolean; system?: boolean }) {
  return (
    <span className={clsx("avatar", small && "avatar--sm", system && "avatar--sys")} aria-hidden>
      {initials(name)}
    </span>
  );
}
