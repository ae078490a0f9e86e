/** A random key of 128 bits. Not `crypto.randomUUID`, which browsers keep from pages without TLS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `2f6f2d0e…7c11`: enough of an id to recognise it. */
export const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** Whether there is nothing to see in a text: blanks and characters without a shape are no name to click on. */
export const isBlank = (text: string): boolean => !/[^\s\p{C}]/u.test(text);
