import type { IconShape } from "../ui/icon";

interface Field {
  /** Of the parameter in the address. */
  name: string;
  /** "E-mail is" */
  label: string;
  icon: IconShape;
}

/** A filter that a list offers; its value is a text in the address. */
export type FilterField =
  | (Field & {
      kind?: "text";
      placeholder: string;
      /** Null for what was typed well, else what is wrong with it. */
      check?: (text: string) => string | null;
    })
  /** A customer's id; shown and chosen by name. */
  | (Field & { kind: "customer" })
  | (Field & { kind: "choice"; options: readonly { value: string; label: string }[] })
  /** `2026-01-01..2026-01-31`, see parseDays; days are UTC's. */
  | (Field & { kind: "days" });
