import { randomUUID } from "node:crypto";
import type { Runtime } from "@/server/kernel/context";
import { createListener, type ListenerHooks, type RpcDelivery } from "@/server/rpc/listener";
import { CUSTOMERS, type Served } from "./served";
import type { Reply } from "./vectors";

export interface Delivered extends Reply {
  ms: number;
}

export interface DeliverOptions {
  /** What tells a request from others; the same for its repeats. */
  correlationId?: string;
  redelivered?: boolean;
}

/** Hands requests to a listener as a broker's consumer does, but for the broker. */
export function createDeliverer(
  runtime: Runtime,
  hooks: Partial<ListenerHooks> = {},
  { service, routes }: Pick<Served, "service" | "routes"> = CUSTOMERS,
) {
  const listener = createListener(service, routes, runtime, { observe: () => undefined, ...hooks });
  return async (
    method: string,
    uri: string,
    data?: unknown,
    { correlationId = randomUUID(), redelivered = false }: DeliverOptions = {},
  ): Promise<Delivered> => {
    const started = performance.now();
    let reply: Reply = { timeout: true };
    const delivery: RpcDelivery = {
      body: Buffer.from(JSON.stringify({ uri, method, publisher: "test", data_type: "application/json", data })),
      replyTo: "a-sibling",
      correlationId,
      redelivered,
      reply(body) {
        reply = JSON.parse(body.toString()) as Reply;
        return true;
      },
      ack: () => undefined,
      deadLetter: () => Promise.resolve(),
    };
    await listener(delivery);
    return { ...reply, ms: performance.now() - started };
  };
}
