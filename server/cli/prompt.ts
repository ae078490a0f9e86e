import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { FlagError } from "./flags";

/** How long an open pipe may stay silent, so that a command in a script fails where nobody answers. */
const SILENCE_MOST_MS = 60_000;

/**
 * Asks for a value that the flags lack: on a terminal with a prompt on stderr, else by reading the next line of standard
 * input, in the order in which the flags are documented.
 * @returns empty where nothing was said
 */
export function ask(label: string): Promise<string> {
  return process.stdin.isTTY ? askOnTerminal(`${label}: `, process.stderr) : nextLine();
}

/** The same for a secret: a terminal does not show what is typed. */
export async function askHidden(label: string): Promise<string> {
  if (!process.stdin.isTTY) return nextLine();
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const answer = await askOnTerminal("", unseen, () => process.stderr.write(`${label}: `));
  process.stderr.write("\n");
  return answer;
}

/** Asks a question that only a yes answers with yes. */
export async function confirm(question: string): Promise<boolean> {
  const answer = await (process.stdin.isTTY ? askOnTerminal(`${question} [y/N] `, process.stderr) : nextLine());
  return /^y(es)?$/i.test(answer.trim());
}

/** @param onQuiet called when the terminal itself shows nothing any more of what is typed */
function askOnTerminal(prompt: string, output: NodeJS.WritableStream, onQuiet?: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const terminal = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
    onQuiet?.();
    terminal.once("SIGINT", () => {
      process.stderr.write("\n");
      reject(new FlagError("interrupted, nothing was changed"));
      terminal.close();
    });
    terminal.once("close", () => resolve("")); // the end of input; an answer came before it
    terminal.question(prompt, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}

let piped: { reader: Interface; lines: AsyncIterator<string> } | null = null;

async function nextLine(): Promise<string> {
  if (piped === null) {
    const reader = createInterface({ input: process.stdin });
    piped = { reader, lines: reader[Symbol.asyncIterator]() };
  }
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), SILENCE_MOST_MS)));
  const line = await Promise.race([piped.lines.next(), silence]);
  clearTimeout(timer);
  return line === null || line.done === true ? "" : line.value;
}

/** Lets the process end although a pipe stays open. */
export function stopAsking(): void {
  if (piped === null) return;
  piped.reader.close();
  piped = null;
  process.stdin.destroy();
}
