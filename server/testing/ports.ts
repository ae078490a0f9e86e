import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below those that outgoing connections get, so that none of them takes it before the process that it is meant for. */
const [FROM, TO] = [20_000, 32_000];

/** A port of this machine's that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
