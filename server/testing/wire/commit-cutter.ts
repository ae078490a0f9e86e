import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What becomes of a connection when a commit comes through it. */
export type Cut = "never" | "before it is sent" | "after it is sent" | "after its answer";

export interface CommitCutter {
  port: number;
  /** Decides for each commit. */
  decide: () => Cut;
  cuts(): number;
  close(): Promise<void>;
}

/** A proxy in front of a MySQL server that breaks connections exactly at their commits. */
export async function startCommitCutter(target: { host: string; port: number }): Promise<CommitCutter> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect({ ...target, noDelay: true });
    client.setNoDelay(true);
    let doomed = false;
    const end = () => {
      sockets.delete(client);
      sockets.delete(upstream);
      client.destroy();
      upstream.destroy();
    };
    const cut = () => {
      cuts++;
      end();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", end);
    }
    client.on("data", (chunk: Buffer) => {
      const how = chunk.subarray(-6).toString("latin1") === "commit" ? cutter.decide() : "never";
      if (how === "before it is sent") return cut();
      upstream.write(chunk, () => {
        if (how === "after it is sent") cut();
      });
      if (how === "after its answer") doomed = true;
    });
    upstream.on("data", (chunk: Buffer) => {
      if (doomed) return cut();
      client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cutter: CommitCutter = {
    port: (server.address() as AddressInfo).port,
    decide: () => "never",
    cuts: () => cuts,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return cutter;
}
