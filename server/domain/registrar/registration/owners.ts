import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { findExtensionsByEndpoint } from "../extension/repository";

/** The live extensions behind Asterisk's endpoints, by the endpoint in lower case. */
export async function namesOfEndpoints(
  ctx: Context,
  endpointIds: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  authorize(ctx, "extension:read");
  const found = await findExtensionsByEndpoint(ctx.db, ctx.tenant, [...new Set(endpointIds)]);
  return new Map([...found].map(([endpoint, { id, name }]) => [endpoint, { id, name }]));
}
