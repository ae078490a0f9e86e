import { describe, expect, test } from "vitest";
import { networkOf, readSigns, type Holder, type Known, type Sign } from "./signs";
import { buildStrip } from "./strip";

const MINUTE = 60_000;
const sign = (address: string, userAgent: string, at: number): Sign => ({
  network: networkOf(address),
  userAgent,
  who: `${address.replace(/:\d+$/, "")} ${userAgent}`,
  made: at,
  seen: at,
});
type Seen = { known: Known[]; holders: Holder[] } | null;
const watch = (signs: Sign[]) => {
  let state: Seen = null;
  return signs.map((each) => {
    const after = readSigns(state, [each]);
    state = after;
    return after.alarms.map(({ kind }) => kind);
  });
};

describe("networks", () => {
  test.each([
    ["198.51.100.7:5062", "198.51.100.0/24"],
    ["198.51.100.9", "198.51.100.0/24"],
    ["[2001:db8:1:2::7]:5060", "2001:db8:1::/48"],
    ["[2001:0db8:0001::7]:5060", "2001:db8:1::/48"],
    ["[::1]:5060", "0:0:0::/48"],
    ["[::ffff:198.51.100.7]:5060", "198.51.100.0/24"],
    ["df7jal23ls0d.invalid", ""],
    ["", ""],
  ])("%s is in %s", (address, network) => expect(networkOf(address)).toBe(network));
});

describe("alarms", () => {
  test("the first sight of an account, a new port and a new host of its network are no news", () =>
    expect(
      watch([
        sign("198.51.100.7:5062", "A", 0),
        sign("198.51.100.7:40001", "A", MINUTE),
        sign("198.51.100.99:5060", "A", 2 * MINUTE),
      ]),
    ).toEqual([[], [], []]));
  test("a new network and a new user agent are told once each", () =>
    expect(
      watch([
        sign("198.51.100.7:5062", "A", 0),
        sign("203.0.113.7:5062", "A", MINUTE),
        sign("198.51.100.7:5062", "A", 30 * MINUTE),
        sign("203.0.113.7:5062", "B", 60 * MINUTE),
        sign("198.51.100.7:5062", "B", 90 * MINUTE),
      ]),
    ).toEqual([[], ["network"], [], ["user-agent"], []]));
  test("two phones that are there together at the first sight are both known", () =>
    expect(readSigns(null, [sign("198.51.100.7:1", "A", 0), sign("203.0.113.7:1", "B", 1)]).alarms).toEqual([]));
  test("two phones that push each other out within minutes fight; slowly they do not", () => {
    const turns = (minutes: number) =>
      watch([0, 1, 2, 3].map((i) => sign(`198.51.100.${i % 2}:5060`, "A", i * minutes * MINUTE))).flat();
    expect(turns(2)).toEqual(["fight"]);
    expect(turns(20)).toEqual([]);
  });
  test("a browser's made-up name is no network", () =>
    expect(watch([sign("a.invalid", "W", 0), sign("b.invalid", "W", MINUTE)])).toEqual([[], []]));
});

describe("the strip", () => {
  const every = (from: number, to: number) => Array.from({ length: (to - from) / MINUTE }, (_, i) => from + i * MINUTE);
  const HOUR = 60 * MINUTE;
  test("a number that came within the span is judged from then on", () => {
    const strip = buildStrip({
      from: 0,
      to: 4 * HOUR,
      samples: every(0, 4 * HOUR),
      changes: [{ at: 3 * HOUR, up: true, first: true }],
      state: { up: true, since: 3 * HOUR },
    });
    expect(strip.parts.map(({ from, to, state }) => [from / HOUR, to / HOUR, state])).toEqual([
      [0, 3, "down"],
      [3, 4, "up"],
    ]);
    expect(strip).toMatchObject({ upPercent: 100, cameAt: 3 * HOUR, interruptions: 0 });
  });
  test("time without samples is unknown, not offline", () => {
    const strip = buildStrip({
      from: 0,
      to: 4 * HOUR,
      samples: [...every(HOUR, 2 * HOUR), ...every(3 * HOUR, 4 * HOUR)],
      changes: [],
      state: { up: true, since: HOUR },
    });
    expect(strip.parts.map(({ from, to, state }) => [from / HOUR, to / HOUR, state])).toEqual([
      [0, 1, "unknown"],
      [1, 2, "up"],
      [2, 3, "unknown"],
      [3, 4, "up"],
    ]);
    expect(strip).toMatchObject({ upPercent: 100, interruptions: 0, flapping: false });
  });
  test("comings and goings are drawn, and many of them are flaps", () => {
    const samples = every(-2 * MINUTE, 4 * HOUR);
    const calm = buildStrip({
      from: 0,
      to: 4 * HOUR,
      samples,
      changes: [
        { at: HOUR, up: false, first: false },
        { at: 2 * HOUR, up: true, first: false },
      ],
      state: { up: true, since: 2 * HOUR },
    });
    expect(calm.parts.map(({ from, to, state }) => [from / HOUR, to / HOUR, state])).toEqual([
      [0, 1, "up"],
      [1, 2, "down"],
      [2, 4, "up"],
    ]);
    expect(calm).toMatchObject({ upPercent: 75, interruptions: 1, flapping: false });
    const changes = Array.from({ length: 6 }, (_, i) => ({ at: i * 5 * MINUTE, up: i % 2 === 1, first: false }));
    expect(buildStrip({ from: 0, to: 4 * HOUR, samples, changes, state: null }).flapping).toBe(true);
  });
});
