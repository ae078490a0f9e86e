import { readJson } from "./project.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

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

/** What a stage of tests counts for: its tests, and one failure more if it failed without a test that did. @param {Count} count @param {boolean} ok @returns {Count} */
export const withOutcome = (count, ok) => (ok || count.failed > 0 ? count : { ...count, failed: 1 });

/** @param {string} path @param {(report: any) => Count} count @param {boolean} ok */
export const countReport = (path, count, ok) => withOutcome(count(readJson(path)), ok);

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
