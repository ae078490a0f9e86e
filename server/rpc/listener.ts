import { platformContext, type Context, type Runtime } from "@/server/kernel/context";
import { DomainError, isDomainError, toDomainError } from "@/server/kernel/errors";
import type { ServiceName } from "@/server/kernel/outbox";
import { findReceipt, receiptFor, untilAnswered, type Receipt } from "@/server/kernel/receipts";
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
  /** Counts one more time that this has happened; the count, 0 where nobody counts. */
  redeliveries?(id: string): Promise<number>;
}

/** A request that came back more often than this, or one beside it, takes the process down. */
const UNSUSPECTED_MOST = 1;
/** One that took the process down so often while no other suspect was in work is poison. */
const ALONE_MOST = 3;
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
  let lastSuspect: Promise<unknown> = Promise.resolve();
  /** Waits for the database: whether the request took effect before decides what may truly be said. */
  const earlierAnswer = (receipt: Receipt): Promise<{ answer: unknown } | null> =>
    untilAnswered(() => findReceipt(runtime.db, receipt));
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
    const receipt = request.method === "GET" ? null : identify(delivery);
    if (!delivery.redelivered) return await carryOut(found, request, receipt);
    const earlier = receipt === null ? null : await earlierAnswer(receipt);
    if (earlier !== null) {
      hooks.countReceiptAnswer?.();
      return (found.route.reply as (result: unknown) => unknown)(earlier.answer);
    }
    const id = identify(delivery).id.toString("hex");
    if (((await hooks.redeliveries?.(id)) ?? 0) <= UNSUSPECTED_MOST) return await carryOut(found, request, receipt);
    // One suspect at a time, so that what kills the process is told from what was in work beside it.
    const turn = lastSuspect.then(async () => {
      if (((await hooks.redeliveries?.(`${id}:alone`)) ?? 0) > ALONE_MOST) await refusePoison(delivery);
      return await carryOut(found, request, receipt);
    });
    lastSuspect = turn.catch(() => undefined);
    return await turn;
  }

  async function carryOut(found: Match, request: RpcRequest, receipt: Receipt | null): Promise<unknown> {
    const reply = found.route.reply as (result: unknown) => unknown;
    const ctx = siblingContext(request, receipt);
    try {
      return reply(await found.route.call(ctx, { params: found.params, query: found.query, data: request.data }));
    } catch (error) {
      // A repeat may fail on what its first delivery did ("e-mail taken"); the receipt knows better.
      const contradicted = isDomainError(error) && (error.code === "CONFLICT" || error.code === "NOT_FOUND");
      const earlier = receipt === null || !contradicted ? null : await earlierAnswer(receipt);
      if (earlier === null) throw error;
      hooks.countReceiptAnswer?.();
      return reply(earlier.answer);
    }
  }

  async function refusePoison(delivery: RpcDelivery): Promise<never> {
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
