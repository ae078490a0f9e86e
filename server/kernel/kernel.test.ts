import { describe, expect, test } from "vitest";
import { addSeconds, createClock, formatTime, parseTime } from "./clock";
import { newTimeOrderedId, parseUuid } from "./ids";
import { decodeCursor, encodeCursor, toPage } from "./pagination";
import { receiptFor } from "./receipts";

describe("the clock", () => {
  test("gives six digits, and never the same time twice", () => {
    const now = createClock();
    const began = Date.now();
    const times = Array.from({ length: 20_000 }, now);
    expect(new Set(times).size).toBe(times.length);
    expect([...times].sort()).toEqual(times);
    expect(times[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(parseTime(times[0] ?? "")).toBeGreaterThanOrEqual(began);
    expect(parseTime(times[0] ?? "")).toBeLessThanOrEqual(Date.now());
  });

  test("adds seconds and keeps the microseconds", () => {
    expect(addSeconds("2026-01-31 23:59:59.123456", 1)).toBe("2026-02-01 00:00:00.123456");
    expect(formatTime(0)).toBe("1970-01-01 00:00:00.000000");
  });
});

describe("ids", () => {
  test("time-ordered ones sort by their time", async () => {
    const first = newTimeOrderedId();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(newTimeOrderedId() > first).toBe(true);
    expect(parseUuid(first)).toBe(first);
    expect(first[14]).toBe("7");
  });

  test.each([
    "",
    "x",
    "{5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90",
    "5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b9",
    "5b1c9f047d2e4c3a9a510c6e2f7d8b9g",
  ])("%j is none", (text) => expect(parseUuid(text)).toBeNull());
  test.each([
    "5B1C9F04-7D2E-4C3A-9A51-0C6E2F7D8B90",
    "{5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90}",
    "urn:uuid:5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90",
    "5b1c9f047d2e4c3a9a510c6e2f7d8b90",
  ])("%j is one", (text) => expect(parseUuid(text)).toBe("5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90"));
});

describe("pages", () => {
  const options = {
    size: 2,
    sortValue: (row: number) => String(row),
    id: (row: number) => `id${row}`,
    view: (row: number) => row,
    total: { count: 3, estimated: false },
  };

  test("a cursor leads to the next page and back", () => {
    const first = toPage([5, 4, 3], { ...options, at: null });
    expect(first.items).toEqual([5, 4]);
    expect(first.previous).toBeNull();
    expect(decodeCursor(first.next ?? "")).toEqual({ value: "4", id: "id4", back: false });
    const second = toPage([3], { ...options, at: decodeCursor(first.next ?? "") });
    expect(second.next).toBeNull();
    const back = toPage([4, 5], { ...options, at: decodeCursor(second.previous ?? "") });
    expect(back.items).toEqual([5, 4]);
    expect(back.previous).toBeNull();
    expect(back.next).not.toBeNull();
  });

  test.each(["", "x", "e30", encodeCursor({ value: "", id: "", back: false }).slice(2)])(
    "%j is no cursor: the list begins anew",
    (text) => expect(decodeCursor(text)).toBeNull(),
  );
});

test("requests that differ in where a part ends have different receipts", () => {
  expect(receiptFor(["ab", "c"]).id).not.toEqual(receiptFor(["a", "bc"]).id);
  expect(receiptFor(["a", "b"]).id).toEqual(receiptFor(["a", "b"]).id);
});
