import { randomUUID } from "node:crypto";
import { createServer, STATUS_CODES, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What is refused before there is a request that a handler could answer. */
const REFUSALS: Record<string, [status: number, code: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, "TOO_LARGE", "The address and the headers are larger than 16 kB together. Send less."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "TIMEOUT", "The request did not arrive in time. Send it again."],
};
const MALFORMED: [number, string, string] = [400, "INVALID_INPUT", "This is not a valid HTTP request."];
const HEADERS_MOST_BYTES = 16_384;

/**
 * Node's web server with bounds in time and size. What breaks them gets a JSON answer in the form of all others, with a
 * code and a request id, and loses its connection.
 * @param requestTimeoutMs until a request with its body has to be there
 */
export function createWebServer(listener: RequestListener, { requestTimeoutMs = 30_000 } = {}): Server {
  const latest = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: HEADERS_MOST_BYTES,
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(10_000, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
    },
    (request, response) => {
      latest.set(request.socket, response);
      return void listener(request, response);
    },
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const answered = latest.get(socket)?.headersSent === true && latest.get(socket)?.writableFinished !== true;
    if (error.code === "ECONNRESET" || !socket.writable || answered) return void socket.destroy();
    socket.end(refusal(...(REFUSALS[error.code ?? ""] ?? MALFORMED)), () => socket.destroy());
  });
  return server;
}

function refusal(status: number, code: string, message: string): string {
  const requestId = randomUUID();
  const body = JSON.stringify({
    error: { message, code: -32600, data: { httpStatus: status, code, reason: code, requestId } },
  });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "cache-control: no-store",
    "connection: close",
    "",
    body,
  ].join("\r\n");
}
