import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js"; // a CommonJS module

/** An address in a trunk's list, in its one spelling; null when it is neither IPv4, IPv6 nor a network of either. */
export function normalizeAddress(text: string): string | null {
  const trimmed = text.trim();
  const [address = "", prefix, ...more] = trimmed.split("/");
  if (more.length > 0 || !isAddress(address)) return null;
  if (prefix === undefined) return spell(ipaddr.parse(address));
  if (!/^\d{1,3}$/.test(prefix) || !ipaddr.isValidCIDR(trimmed)) return null;
  const [, bits] = ipaddr.parseCIDR(trimmed);
  // An address in front of a network is the network.
  const network = address.includes(":")
    ? ipaddr.IPv6.networkAddressFromCIDR(trimmed)
    : ipaddr.IPv4.networkAddressFromCIDR(trimmed);
  return `${network.toString()}/${bits}`;
}

/** The library also takes octal and shortened IPv4 and IPv6 zones, which mean something else to others. */
const isAddress = (text: string): boolean =>
  text.includes(":") ? ipaddr.isValid(text) && !text.includes("%") : ipaddr.IPv4.isValidFourPartDecimal(text);

const spell = (address: IPv4 | IPv6): string =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toString();
