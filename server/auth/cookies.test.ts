import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readSessionId } from "./cookies";

const SECRET = "a secret of these tests alone";
const aCookie = (sid: string, maxAge = 60) => encode({ token: { sid }, secret: SECRET, maxAge });

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("a session's cookie is read again as it was the first time, and each for itself", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const [first, second] = [await aCookie(one), await aCookie(other)];
  for (let i = 0; i < 2; i++) {
    expect(await readSessionId(first, SECRET)).toBe(one);
    expect(await readSessionId(second, SECRET)).toBe(other);
  }
});

test("a cookie is refused once it has ended, however often it was read before", async () => {
  const sid = randomUUID();
  const cookie = await aCookie(sid, 60);
  expect(await readSessionId(cookie, SECRET)).toBe(sid);
  vi.setSystemTime(Date.now() + 59_000);
  expect(await readSessionId(cookie, SECRET)).toBe(sid);
  vi.setSystemTime(Date.now() + 30_000); // past its end, and past the tolerance for clocks that differ
  expect(await readSessionId(cookie, SECRET)).toBeNull();
});

test("a cookie that was read before is refused under another secret, and where it was changed", async () => {
  const cookie = await aCookie(randomUUID());
  await readSessionId(cookie, SECRET);
  expect(await readSessionId(cookie, "another secret")).toBeNull();
  const at = cookie.length - 8; // of the last letter some bits count for nothing
  const changed = cookie.slice(0, at) + (cookie[at] === "x" ? "y" : "x") + cookie.slice(at + 1);
  expect(await readSessionId(changed, SECRET)).toBeNull();
  expect(await readSessionId(undefined, SECRET)).toBeNull();
  expect(await readSessionId("", SECRET)).toBeNull();
});
