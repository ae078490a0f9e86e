const ESCAPES: Record<string, string> = { ";": "^3B", "^": "^5E", " ": "^20" };

/**
 * A text as it has to stand in a column that Asterisk reads. Its realtime driver cuts a value at semicolons, takes the
 * blanks around it away, and undoes `^` with two hex digits: written as it is, a password of such characters would work
 * for calls, which Kamailio checks, and for no registration.
 */
export const asteriskText = (text: string): string =>
  text.replace(/[;^]|^ +| +$/g, (found) => found.replace(/./g, (char) => ESCAPES[char] ?? char));
