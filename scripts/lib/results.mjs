import { readJson } from "./project.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ test: string, why: string }} SecondTry a test that failed and passed when it was repeated
 */

/** Counts a run of Vitest by its JSON report; a file that cannot be loaded is one failure. @param {any} report @returns {Count} */
export function countVitest(report) {
  const broken = (report?.testResults ?? []).filter(
    (/** @type {any} */ file) =>
      file.status === "failed" && !file.assertionResults.some((/** @type {any} */ test) => test.status === "failed"),
  ).length;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + broken,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

/** Counts a run of Playwright by its JSON report; a test that passed on a repetition has passed. @param {any} report @returns {Count} */
export function countPlaywright(report) {
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {};
  const broken = unexpected === 0 ? (report?.errors?.length ?? 0) : 0;
  return { passed: expected + flaky, failed: unexpected + broken, skipped };
}

/** @param {any} error its first line, without colours */
const firstLine = (error) =>
  String(error ?? "")
    .replace(/\u001b\[[\d;]*m/g, "")
    .split("\n")[0] ?? "";

/** What passed only when it was repeated, by Vitest's report. @param {any} report @returns {SecondTry[]} */
export const repeatedByVitest = (report) =>
  (report?.testResults ?? [])
    .flatMap((/** @type {any} */ file) => file.assertionResults)
    .filter((/** @type {any} */ test) => test.status === "passed" && test.failureMessages?.length > 0)
    .map((/** @type {any} */ test) => ({ test: test.fullName, why: firstLine(test.failureMessages[0]) }));

/** The same by Playwright's. @param {any} report @returns {SecondTry[]} */
export function repeatedByPlaywright(report) {
  /** @param {any} suite @returns {any[]} */
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
  return specsOf({ suites: report?.suites })
    .filter((spec) => spec.tests.some((/** @type {any} */ test) => test.status === "flaky"))
    .map((spec) => ({
      test: `${spec.file}: ${spec.title}`,
      why: firstLine(spec.tests[0].results[0]?.error?.message),
    }));
}

/** What a stage of tests counts for: its tests, and one failure more if it failed without a test that did. @param {Count} count @param {boolean} ok @returns {Count} */
export const withOutcome = (count, ok) => (ok || count.failed > 0 ? count : { ...count, failed: 1 });

/**
 * What a runner's report comes to.
 * @param {string} path @param {"vitest" | "playwright"} runner @param {boolean} ok whether it ended well
 * @returns {{ count: Count, repeated: SecondTry[] }}
 */
export function readReport(path, runner, ok) {
  const report = readJson(path);
  const [count, repeated] =
    runner === "vitest" ? [countVitest, repeatedByVitest] : [countPlaywright, repeatedByPlaywright];
  return { count: withOutcome(count(report), ok), repeated: repeated(report) };
}

/** @param {Count[]} counts @returns {Count} */
export const sum = (counts) =>
  counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
