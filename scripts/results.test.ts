import { expect, test } from "vitest";
import {
  countPlaywright,
  countVitest,
  repeatedByPlaywright,
  repeatedByVitest,
  sum,
  withOutcome,
} from "./lib/results.mjs";
import { schedule } from "./lib/scheduler.mjs";

test("a test file that cannot be loaded is a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    testResults: [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

test("a browser test that passed when repeated has passed", () => {
  expect(countPlaywright({ stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 } })).toEqual({
    passed: 5,
    failed: 2,
    skipped: 3,
  });
  expect(countPlaywright({ stats: { expected: 0 }, errors: [{}] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("what passed only when it was repeated is named, with the reason", () => {
  const assertionResults = [
    { status: "passed", fullName: "good", failureMessages: [] },
    { status: "passed", fullName: "late", failureMessages: ["\u001b[31mAssertionError\u001b[39m: 1 is not 2\n  at x"] },
    { status: "failed", fullName: "bad", failureMessages: ["AssertionError"] },
  ];
  expect(repeatedByVitest({ testResults: [{ assertionResults }] })).toEqual([
    { test: "late", why: "AssertionError: 1 is not 2" },
  ]);
  const spec = (title: string, status: string) => ({
    file: "lists.spec.ts",
    title,
    tests: [{ status, results: [{ error: { message: "Error: not visible\nlog" } }] }],
  });
  const suites = [{ specs: [spec("good", "expected")], suites: [{ specs: [spec("late", "flaky")] }] }];
  expect(repeatedByPlaywright({ suites })).toEqual([{ test: "lists.spec.ts: late", why: "Error: not visible" }]);
  expect([repeatedByVitest(undefined), repeatedByPlaywright(undefined)]).toEqual([[], []]);
});

test("a stage that failed without a failed test is one failure, and a missing report is no success", () => {
  expect(withOutcome(countVitest(undefined), false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(withOutcome({ passed: 2, failed: 3, skipped: 0 }, false).failed).toBe(3);
  expect(
    sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 1, failed: 0, skipped: 0 },
    ]),
  ).toEqual({ passed: 2, failed: 2, skipped: 3 });
});

test("stages start when what they need has ended, and never use more cores than there are", async () => {
  const ended: string[] = [];
  let used = 0;
  let most = 0;
  const task = (name: string, weight = 1, needs: string[] = []) => ({
    name,
    weight,
    needs,
    run: async () => {
      most = Math.max(most, (used += weight));
      for (const need of needs) expect(ended).toContain(need);
      await new Promise((resolve) => setImmediate(resolve));
      used -= weight;
      ended.push(name);
      return name;
    },
  });
  const tasks = [task("build"), task("format"), task("lint"), task("unit", 2, ["build"]), task("e2e", 4, ["unit"])];
  expect(await schedule(tasks, 2)).toEqual(["build", "format", "lint", "unit", "e2e"]);
  expect(most).toBeGreaterThanOrEqual(2);
  expect(ended).toHaveLength(5);
});

test("stages that wait for each other are an error, not a wait", async () => {
  const run = () => Promise.resolve(1);
  await expect(
    schedule(
      [
        { name: "a", needs: ["b"], run },
        { name: "b", needs: ["a"], run },
      ],
      2,
    ),
  ).rejects.toThrow("a, b");
});
