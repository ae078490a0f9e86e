import type { Context } from "@/server/kernel/context";
import { invalidInput } from "@/server/kernel/errors";
import type { RpcRequest } from "./envelope";

export interface RouteInput {
  /** Ids of the path, lower-case, and texts of it, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  data: unknown;
}

/** A route translates: `call` reads the wire and calls a verb, `reply` writes the verb's answer for the wire. */
export interface Route {
  method: string;
  segments: readonly string[];
  /** Value of the metrics' `type` label (contract/messaging.md §8). */
  metric: string;
  call(ctx: Context, input: RouteInput): Promise<unknown>;
  reply(result: never): unknown;
}

/**
 * @param path a template such as `/v1/customers/:id`; `:id` matches a UUID in either case, and nothing else;
 *   `/v1/trunks/domain_name/*name` takes any text in that place
 */
export function route<Result>(
  method: string,
  path: string,
  metric: string,
  call: (ctx: Context, input: RouteInput) => Promise<Result>,
  reply: (result: Result) => unknown,
): Route {
  return { method, segments: path.split("/").slice(1), metric, call, reply: reply as Route["reply"] };
}

export interface Match {
  route: Route;
  params: Record<string, string>;
  query: URLSearchParams;
}

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const NO_QUERY = new URLSearchParams();

/** Finds the route of a request; templates are anchored at both ends (contract/README "Fix" 2). */
export function createRouter(routes: readonly Route[]): (request: RpcRequest) => Match | null {
  const byShape = new Map<string, Route[]>();
  for (const each of routes) {
    const shape = `${each.method} ${each.segments.length}`;
    byShape.set(shape, [...(byShape.get(shape) ?? []), each]);
  }
  return ({ method, uri }) => {
    if (uri.length > 8_192 || uri[0] !== "/") return null;
    const mark = uri.indexOf("?");
    const segments = (mark === -1 ? uri : uri.slice(0, mark)).split("/").slice(1);
    for (const each of byShape.get(`${method} ${segments.length}`) ?? []) {
      const params = matchSegments(each.segments, segments);
      if (params !== null)
        return { route: each, params, query: mark === -1 ? NO_QUERY : new URLSearchParams(uri.slice(mark + 1)) };
    }
    return null;
  };
}

function matchSegments(template: readonly string[], segments: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [i, part] of template.entries()) {
    const segment = segments[i] ?? "";
    if (part[0] === "*") {
      params[part.slice(1)] = decodeSegment(segment);
    } else if (part[0] !== ":") {
      if (part !== segment) return null;
    } else {
      if (!UUID.test(segment)) return null;
      params[part.slice(1)] = segment.toLowerCase();
    }
  }
  return params;
}

/** @throws DomainError INVALID_INPUT where percent signs stand for nothing */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidInput("uri", "The path has a % that begins no encoded character. Write it as %25.");
  }
}
