import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

const WIDTHS = [360, 768, 1_440];
const THEMES = ["light", "dark"] as const;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Looks at the page as it stands at every width in both themes: it fits, and axe finds nothing. */
export async function inspect(page: Page): Promise<void> {
  const problems: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await page.evaluate(() =>
        Promise.allSettled(
          document
            .getAnimations()
            .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
            .map((each) => each.finished),
        ),
      );
      const at = `${width} px, ${theme}`;
      const beyond = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      // What is drawn by what was measured follows a moment later.
      const fits = expect.poll(beyond, { timeout: 5_000 }).toBeLessThanOrEqual(0);
      await fits.catch(async () => problems.push(`${at}: the page is ${await beyond()} px too wide`));
      // Structure is the same in both themes, colours are not.
      const rules = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
      const { violations } = await (
        theme === "light" ? rules.withTags(RULES) : rules.withRules("color-contrast")
      ).analyze();
      for (const { id, nodes } of violations)
        for (const node of nodes) problems.push(`${at}: ${id}: ${node.html}\n${node.failureSummary ?? ""}`);
    }
  }
  expect(problems).toEqual([]);
}
