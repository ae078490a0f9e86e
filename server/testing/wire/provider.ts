import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parse } from "./broker";
import type { ProviderAnswer, Seen } from "./vectors";

/** A number provider over HTTP that says what a scenario tells it to. */
export interface PlayedProvider {
  port: number;
  requests: Seen[];
  /** Begins a scenario: what was asked before is forgotten. */
  begin(answers: readonly ProviderAnswer[]): void;
  /** Replaces the answers within a scenario. */
  answer(answers: readonly ProviderAnswer[]): void;
  close(): Promise<void>;
}

const NOT_FOUND = { errors: [{ code: "10005", title: "Resource not found" }] };

export async function playProvider(): Promise<PlayedProvider> {
  let answers: { answer: ProviderAnswer; used: number }[] = [];
  let history: string[] = [];

  const find = (asked: string): ProviderAnswer | undefined => {
    const found = answers.find(
      ({ answer: { match, after, times }, used }) =>
        new RegExp(match).test(asked) &&
        (after === undefined || history.some((each) => new RegExp(after).test(each))) &&
        (times === undefined || used < times),
    );
    if (found !== undefined) found.used++;
    return found?.answer;
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const path = decodeURIComponent(request.url ?? "");
      const asked = `${request.method ?? ""} ${path}`;
      provider.requests.push({
        method: request.method,
        path,
        body: body.length === 0 ? undefined : parse(body),
        authorization: request.headers.authorization === undefined ? "absent" : "present",
      });
      const answer = find(asked);
      history.push(`${asked} ${body.toString()}`);
      setTimeout(() => {
        if (answer?.hangUp === true) return request.socket.destroy();
        response.writeHead(answer === undefined ? 404 : (answer.status ?? 200), { "content-type": "application/json" });
        response.end(answer?.raw ?? JSON.stringify(answer?.body ?? NOT_FOUND));
      }, answer?.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const provider: PlayedProvider = {
    port: (server.address() as AddressInfo).port,
    requests: [],
    begin(next) {
      history = [];
      provider.answer(next);
    },
    answer(next) {
      answers = next.map((answer) => ({ answer, used: 0 }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
