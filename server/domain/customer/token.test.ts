import { expect, test } from "vitest";
import { couldBeToken, newToken } from "./token";
import { maskToken } from "./view";
import { isEmail } from "./schemas";

test("a new token has its prefix, 32 characters of base62 and a checksum that finds every mistyped letter", () => {
  const token = newToken();
  expect(token).toMatch(/^vb_[0-9A-Za-z]{38}$/);
  expect(couldBeToken(token)).toBe(true);
  for (let at = 3; at < token.length; at++) {
    const wrong = token.slice(0, at) + (token[at] === "a" ? "b" : "a") + token.slice(at + 1);
    expect(couldBeToken(wrong)).toBe(false);
  }
  expect(new Set(Array.from({ length: 1_000 }, newToken)).size).toBe(1_000);
});

test("tokens of the original service may be any text", () => {
  expect(couldBeToken("DuRWq5T4DAK32dw4")).toBe(true);
  expect(couldBeToken("")).toBe(false);
});

test("what is shown of a token is too little to use it", () => {
  expect(maskToken("DuRWq5T4DAK32dw4")).toBe("DuRW…");
  expect(maskToken(newToken())).toMatch(/^vb_.{4}…$/);
});

test.each(["a@b", ".leading@email.example", "o'brien!#$%&*/=?^_`{|}~-@email.example", "digits@1.2.3"])(
  "%s is an e-mail address",
  (text) => expect(isEmail(text)).toBe(true),
);
test.each([
  "",
  "@",
  "x@",
  "@x",
  "a@b@c",
  "two..dots@x",
  "dot.@x",
  "end@x.",
  "hy@-x",
  "in side@x",
  "ümlaut@x",
  `long@${"d".repeat(64)}.example`,
])("%j is none", (text) => expect(isEmail(text)).toBe(false));
