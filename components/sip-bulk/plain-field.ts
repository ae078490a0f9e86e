import type { UseFormRegisterReturn } from "react-hook-form";

/** The wiring of a field that is not part of a form. */
export const plainField = (name: string, onValue: (value: string) => void): UseFormRegisterReturn => ({
  name,
  onChange: (event: { target: { value: string } }) => {
    onValue(event.target.value);
    return Promise.resolve();
  },
  onBlur: () => Promise.resolve(),
  ref: () => undefined,
});
