"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../ui/icon";

const WAIT_MS = 250;

/** A search that follows typing once it rests, and the address when that changes elsewhere. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (value !== seen) {
    setSeen(value);
    // An answer to our own typing must not take back what was typed meanwhile.
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string) => {
    clearTimeout(timer.current);
    onChange(next.trim());
  };
  return (
    <form
      role="search"
      className="input-wrap toolbar__search"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <Icon of={Search} />
      <input
        className="input"
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(next.trim()), WAIT_MS);
        }}
      />
    </form>
  );
}
