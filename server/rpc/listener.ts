import { platformContext, type Context, type Runtime } from "@/server/kernel/context";
import { DomainError, isDomainError, toDomainError } from "@/server/kernel/errors";
import type { ServiceName } from "@/server/kernel/outbox";
import { findReceipt, receiptFor, type Receipt } from "@/server/kernel/receipts";
import { BODY_MOST_BYTES, failureReply, parseEnvelope, successReply, type RpcRequest } from "./envelope";
import { createRouter, type Match, type Route } from "./router";

/** A request as it came from the broker; what the transport's delivery offers. */
export interface RpcDelivery {
  body: Buffer;
  replyTo: string | undefined;
  correlationId: string | undefined;
  redelivered: boolean;
  /** Publishes the reply on the channel that delivered, ahead of the ack. */
  reply(body: Buffer): boolean;
  ack(): void;
  deadLetter(reason: string): Promise<void>;
}

export interface ListenerHooks {
  /** After each request; `type` is the route's template or `notfound`. Milliseconds. */
  observe(type: string, method: string, ms: number): void;
  countReceiptAnswer?(): void;
  /** How often this delivery has come back before; past a bound it is poison. */
  redeliveries?(id: string): Promise<number>;
}

/** A request that came back more often than this took the process down each time. */
const REDELIVERIES_MOST = 5;
const METHODS = new Set(["GET", "POST", "PUT", "DELETE"]);

/**
 * Answers one service's requests. Every delivery is answered and acknowledged, whatever is in it; nothing is put back,
 * so that no request can go round in circles.
 */
export function createListener(
  service: ServiceName,
  routes: readonly Route[],
  runtime: Runtime,
  hooks: ListenerHooks,
): (delivery: RpcDelivery) => Promise<void> {
  const match = createRouter(routes);
  const identify = ({ replyTo = "", correlationId = "", body }: RpcDelivery): Receipt =>
    receiptFor([service, replyTo, correlationId, body]);

  return async (delivery) => {
    const started = performance.now();
    let type = "notfound";
    let method = "";
    try {
      if (delivery.body.length > BODY_MOST_BYTES) throw tooLarge();
      const request = parseEnvelope(delivery.body);
      if (request === null) return await refuseMalformed(delivery);
      method = METHODS.has(request.method) ? request.method : "other";
      const found = match(request);
      if (found === null) throw noRoute(request);
      type = found.route.metric;
      delivery.reply(successReply(await answer(found, request, delivery)));
    } catch (error) {
      const failure = toDomainError(error);
      if (failure.code === "INTERNAL")
        runtime.log.error({ err: failure.cause ?? failure, service, type, method }, "request failed");
      else if (failure.code === "UNAVAILABLE")
        runtime.log.warn({ service, type, method, reason: failure.reason }, "request could not be served");
      delivery.reply(failureReply(failure, service));
    } finally {
      delivery.ack();
      hooks.observe(type, method, performance.now() - started);
    }
  };

  async function refuseMalformed(delivery: RpcDelivery): Promise<void> {
    delivery.reply(
      failureReply(
        new DomainError(
          "INVALID_INPUT",
          "MALFORMED_ENVELOPE",
          "The request is not a JSON object with texts for uri and method.",
        ),
        service,
      ),
    );
    runtime.log.warn({ service, bytes: delivery.body.length }, "a request that cannot be read was dead-lettered");
    await delivery
      .deadLetter("malformed envelope")
      .catch((error: unknown) => runtime.log.error({ err: error, service }, "dead-lettering failed"));
  }

  async function answer(found: Match, request: RpcRequest, delivery: RpcDelivery): Promise<unknown> {
    const reads = request.method === "GET";
    const receipt = reads ? null : identify(delivery);
    const reply = found.route.reply as (result: unknown) => unknown;
    if (delivery.redelivered) {
      const earlier = receipt === null ? null : await findReceipt(runtime.db, receipt);
      if (earlier !== null) {
        hooks.countReceiptAnswer?.();
        return reply(earlier.answer);
      }
      await refusePoison(delivery);
    }
    const ctx = siblingContext(request, receipt);
    try {
      return reply(await found.route.call(ctx, { params: found.params, query: found.query, data: request.data }));
    } catch (error) {
      // A repeat may fail on what its first delivery did ("e-mail taken"); the receipt knows better.
      const contradicted = isDomainError(error) && (error.code === "CONFLICT" || error.code === "NOT_FOUND");
      const earlier = receipt === null || !contradicted ? null : await findReceipt(runtime.db, receipt);
      if (earlier === null) throw error;
      hooks.countReceiptAnswer?.();
      return reply(earlier.answer);
    }
  }

  async function refusePoison(delivery: RpcDelivery): Promise<void> {
    if (hooks.redeliveries === undefined) return;
    const id = identify(delivery).id.toString("hex");
    if ((await hooks.redeliveries(id)) <= REDELIVERIES_MOST) return;
    await delivery.deadLetter("redelivered too often");
    throw new DomainError("INTERNAL", "POISON_MESSAGE", "This request could not be carried out and was set aside.");
  }

  function siblingContext(request: RpcRequest, receipt: Receipt | null): Context {
    const publisher = request.publisher.slice(0, 64) || "unknown";
    return platformContext(runtime, { actor: { type: "service", id: publisher, name: publisher }, receipt });
  }
}

const tooLarge = (): DomainError =>
  new DomainError(
    "TOO_LARGE",
    "BODY_TOO_LARGE",
    `The request is larger than ${BODY_MOST_BYTES} bytes. Send less at a time.`,
  );
const noRoute = ({ method, uri }: RpcRequest): DomainError =>
  new DomainError(
    "NOT_FOUND",
    "ROUTE_NOT_FOUND",
    `There is no route ${JSON.stringify(method.slice(0, 16))} ${JSON.stringify(uri.slice(0, 120))}.`,
  );
