import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A TCP proxy for tests that can cut, stall and refuse, as networks and restarting servers do. */
export interface TcpProxy {
  readonly port: number;
  /** Connections through it at the moment. */
  connections(): number;
  /** Breaks all connections; new ones are let through. */
  cut(): void;
  /** Breaks all connections and refuses new ones, as a server that is down. */
  refuse(): void;
  /** Passes nothing on, without breaking anything, as a network that lost its way. New connections stall too. */
  stall(): void;
  /** Back to normal; what was held up is passed on. */
  resume(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host?: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let mode: "open" | "refuse" | "stall" = "open";

  const server = createServer({ pauseOnConnect: true }, (client) => {
    if (mode === "refuse") {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: target.host ?? "127.0.0.1", port: target.port, noDelay: true });
    client.setNoDelay(true);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on("error", end);
      from.on("close", end);
      from.on("end", end);
      from.on("data", (chunk: Buffer) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on("drain", () => {
        if (mode !== "stall") from.resume();
      });
    }
    if (mode === "stall") upstream.pause();
    else client.resume();
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const destroyAll = () => {
    for (const [client, upstream] of [...pairs]) {
      client.resetAndDestroy();
      upstream.destroy();
    }
    pairs.clear();
  };

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => pairs.size,
    cut: destroyAll,
    refuse() {
      mode = "refuse";
      destroyAll();
    },
    stall() {
      mode = "stall";
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    resume() {
      mode = "open";
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    close() {
      mode = "refuse"; // what is being accepted at this moment must not keep the server open
      destroyAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
