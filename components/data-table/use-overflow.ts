import { useEffect, useRef, useState, type RefObject } from "react";

/** @returns whether the content of a box is wider than the box, and the `ref` that the box is to be given */
export function useOverflow(): [boolean, RefObject<HTMLDivElement | null>] {
  const [overflows, setOverflows] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => setOverflows(box.scrollWidth > box.clientWidth + 1));
    for (const element of [box, ...box.children]) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [overflows, ref];
}
