import { randomInt } from "node:crypto";

/** Without what is mistaken for something else when it is read from a screen and typed into a phone. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 20;

/** A password of about 116 bits that survives every phone's settings page. */
export function newPassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
