"use client";

import { usePreferences } from "../shell/preferences";
import { CopyButton } from "./copy";

/** Digits that are still shown while numbers are masked: enough to tell a country, and two numbers apart. */
const HEAD = 3;
const TAIL = 2;

/** `+1 5••••••13`: what is left of a number while somebody else looks on. */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, "").length;
  let at = 0;
  return number.replace(/\d/g, (digit) => {
    at++;
    return at <= HEAD || at > digits - TAIL ? digit : "•";
  });
}

/** A phone number, masked while the person wants it so. @param copyable with a button, and a link that calls it */
export function PhoneNumber({ number, copyable = false }: { number: string; copyable?: boolean }) {
  const { masked } = usePreferences().preferences;
  if (masked) {
    return <span className="trunc">{maskNumber(number)}</span>;
  }
  if (!copyable) return <span className="trunc">{number}</span>;
  return (
    <span className="dl__value">
      <a className="dl__link" href={`tel:${number}`}>
        {number}
      </a>
      <CopyButton text={number} what={number} />
    </span>
  );
}
