const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (/** @type {number} */ code) => (/** @type {string} */ text) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);
export const cyan = paint(36);
export const bold = paint(1);

/** An error whose message is written for the person at the terminal: printed without a stack. */
export class Hint extends Error {}

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {string} text */
export const say = (text) => void process.stdout.write(`${text}\n`);

/** @param {string} text */
export const note = (text) => say(`  ${dim("·")} ${text}`);

/** @param {string} text */
export const warn = (text) => say(`  ${yellow("!")} ${text}`);

/**
 * Runs one step and prints it with a tick and its seconds; announces itself when it takes longer than a moment.
 * What `work` returns is handed on; a returned string becomes the line's detail.
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const began = performance.now();
  const announce = setTimeout(() => note(`${label} …`), 1500);
  try {
    const result = await work();
    const detail = typeof result === "string" && result ? `: ${result}` : "";
    say(`  ${green("✔")} ${label}${detail} ${dim(`(${seconds(performance.now() - began)})`)}`);
    return result;
  } catch (error) {
    say(`  ${red("✘")} ${label} ${dim(`(${seconds(performance.now() - began)})`)}`);
    throw error;
  } finally {
    clearTimeout(announce);
  }
}

/** Prints an error the way its reader needs it: a hint as text, anything else with its stack. @param {unknown} error */
export function printError(error) {
  const text = error instanceof Hint ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${red("✘")} ${text}\n`);
}
