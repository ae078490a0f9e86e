/** There is no connection to RabbitMQ at the moment, or it was lost in the middle. */
export class AmqpUnavailableError extends Error {
  override readonly name = "AmqpUnavailableError";
  constructor(message = "RabbitMQ cannot be reached at the moment.", options?: { cause?: unknown }) {
    super(message, options);
  }
}

/** The numeric code of an error that the broker gave (404 no such queue, 406 other flags …), or null. */
export function brokerCode(error: unknown): number | null {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : null;
}
