import { expect, test } from "vitest";
import { createSecretBox } from "./secrets";

const box = createSecretBox("a secret of the tests, long enough");

test("what is sealed opens with the same purpose, in the same installation, and unaltered alone", () => {
  const sealed = box.seal("totp ada", "JBSWY3DPEHPK3PXP");
  expect(box.open("totp ada", sealed)).toBe("JBSWY3DPEHPK3PXP");
  expect(box.open("totp eve", sealed)).toBeNull();
  expect(createSecretBox("another secret, also long enough").open("totp ada", sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(box.open("totp ada", altered), `byte ${at}`).toBeNull();
  }
  for (const length of [0, 1, 13, 28]) expect(box.open("totp ada", sealed.subarray(0, length))).toBeNull();
});

test("the same text is sealed differently each time, and does not show", () => {
  const [one, other] = [box.seal("totp ada", "JBSWY3DPEHPK3PXP"), box.seal("totp ada", "JBSWY3DPEHPK3PXP")];
  expect(one.equals(other)).toBe(false);
  expect(one.toString("latin1")).not.toContain("JBSWY3DP");
});

test("a signature is of its purpose, text and installation", () => {
  expect(box.sign("device", "ada 1")).toBe(box.sign("device", "ada 1"));
  const others = [
    box.sign("device", "ada 2"),
    box.sign("other", "ada 1"),
    createSecretBox("another").sign("device", "ada 1"),
  ];
  expect(others).not.toContain(box.sign("device", "ada 1"));
});
