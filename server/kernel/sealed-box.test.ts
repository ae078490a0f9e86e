import { expect, test } from "vitest";
import { newBoxKeys, openSealed, sealTo } from "./sealed-box";

test("who has the private key reads it, and nobody else", () => {
  const keys = newBoxKeys();
  const sealed = sealTo(keys.publicKey, "a password ✓");
  expect(openSealed(keys, sealed)).toBe("a password ✓");
  expect(openSealed(newBoxKeys(), sealed)).toBeNull();
  expect(openSealed({ ...newBoxKeys(), publicKey: keys.publicKey }, sealed)).toBeNull();
});

test("the same text is never sealed the same way twice, and nowhere in the clear", () => {
  const { publicKey } = newBoxKeys();
  const sealed = sealTo(publicKey, "a password");
  expect(sealTo(publicKey, "a password").equals(sealed)).toBe(false);
  expect(sealed.includes("a password")).toBe(false);
});

test("what was changed, cut or is something else is not opened", () => {
  const keys = newBoxKeys();
  const sealed = sealTo(keys.publicKey, "a password");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openSealed(keys, changed), `byte ${at}`).toBeNull();
  }
  for (const length of [0, 1, 20, sealed.length - 1]) expect(openSealed(keys, sealed.subarray(0, length))).toBeNull();
});
