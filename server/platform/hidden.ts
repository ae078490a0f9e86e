import { inspect } from "node:util";

const PLACEHOLDER = "[hidden]";

/** A secret that JSON, string conversion and `inspect` show as `[hidden]`; only `reveal()` gives it away. */
export interface Hidden<T> {
  reveal(): T;
  toJSON(): string;
  toString(): string;
}

export function hidden<T>(value: T): Hidden<T> {
  const wrapped = {
    reveal: () => value,
    toJSON: () => PLACEHOLDER,
    toString: () => PLACEHOLDER,
  };
  Object.defineProperty(wrapped, inspect.custom, { value: () => PLACEHOLDER });
  return wrapped;
}
