import { createSocket } from "node:dgram";

/** A port that nobody listens on just now. */
export async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, address, resolve);
  });
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** A socket that is spoken with one packet at a time. */
export interface UdpPeer {
  port: number;
  send(packet: string, to: { host: string; port: number }): void;
  /** The next packet that came in; null when none did in time. */
  next(waitMs: number): Promise<string | null>;
  close(): void;
}

export async function openUdpPeer(address: string): Promise<UdpPeer> {
  const socket = createSocket("udp4");
  const arrived: string[] = [];
  let wake = () => {};
  socket.on("message", (packet) => {
    arrived.push(packet.toString("utf8"));
    wake();
  });
  socket.on("error", () => undefined); // nobody listens there: no answer comes
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return {
    port: socket.address().port,
    send: (packet, to) => socket.send(packet, to.port, to.host),
    async next(waitMs) {
      if (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return arrived.shift() ?? null;
    },
    close: () => socket.close(),
  };
}

/** Sends a packet, from an address of this machine's, and waits for an answer. @returns it, or null when none came */
export async function askUdp(
  packet: string,
  to: { host: string; port: number },
  waitMs: number,
  from = "127.0.0.1",
): Promise<string | null> {
  const peer = await openUdpPeer(from);
  peer.send(packet, to);
  const answer = await peer.next(waitMs);
  peer.close();
  return answer;
}
