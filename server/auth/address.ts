/**
 * The client's address: the connection's own, or, behind `trustedProxies` proxies, the entry that the outermost of them
 * saw. Anything further left was written by the client and is not believed.
 */
export function clientAddress(
  connection: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const direct = (connection ?? "").replace(/^::ffff:/, "");
  if (trustedProxies === 0 || forwardedFor === undefined) return direct;
  const hops = forwardedFor.split(",").map((each) => each.trim());
  const seen = hops.at(-trustedProxies) ?? "";
  return /^[0-9a-fA-F.:]{2,45}$/.test(seen) ? seen : direct;
}
