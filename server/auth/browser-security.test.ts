import { describe, expect, test } from "vitest";
import { isOwnRequest, isPlainRemote, securityHeaders, type RequestSource } from "./browser-security";

const HTTPS = "https://console.example";
const HTTP = "http://localhost:3000";
const post = (source: Partial<RequestSource>): RequestSource => ({
  method: "POST",
  origin: undefined,
  secFetchSite: undefined,
  host: undefined,
  ...source,
});

describe("a request that changes something", () => {
  test.each<[string, Partial<RequestSource>, string]>([
    ["from our own page", { origin: HTTPS, secFetchSite: "same-origin" }, HTTPS],
    ["from our own page behind a proxy with another host", { origin: HTTPS, host: "10.0.0.7:3000" }, HTTPS],
    ["from a program, which says nothing", {}, HTTPS],
    ["from a page at another name of this machine", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, HTTP],
  ])("%s may use its cookie", (_, source, publicUrl) => {
    expect(isOwnRequest(post(source), publicUrl)).toBe(true);
  });

  test.each<[string, Partial<RequestSource>, string]>([
    ["another site", { origin: "https://evil.example", host: "console.example" }, HTTPS],
    ["a frame without an origin", { origin: "null", host: "console.example" }, HTTPS],
    ["a name that begins like ours", { origin: `${HTTPS}.evil.example`, host: "console.example" }, HTTPS],
    ["a sibling of ours", { origin: "https://www.console.example", secFetchSite: "same-site" }, HTTPS],
    ["plain http of our own host", { origin: "http://console.example", host: "console.example" }, HTTPS],
    ["another port", { origin: "http://localhost:4000", host: "localhost:3000" }, HTTP],
    ["another site that hides its origin", { secFetchSite: "cross-site" }, HTTPS],
    ["an address that was typed", { secFetchSite: "none" }, HTTPS],
    ["our origin, sent across sites", { origin: HTTPS, secFetchSite: "cross-site" }, HTTPS],
    ["no address at all", { origin: "evil" }, HTTPS],
  ])("%s may not", (_, source, publicUrl) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(isOwnRequest({ ...post(source), method }, publicUrl)).toBe(false);
    expect(isOwnRequest({ ...post(source), method: "GET" }, publicUrl)).toBe(true);
  });
});

test("only an address with TLS makes browsers insist on it", () => {
  const names = (publicUrl: string) => securityHeaders(publicUrl).map(([name]) => name);
  expect(names(HTTPS)).toContain("strict-transport-security");
  expect(names(HTTP)).not.toContain("strict-transport-security");
});

test("plain http is fine on the machine itself alone", () => {
  for (const url of [HTTP, "http://127.0.0.1:80", "http://[::1]:3000", HTTPS]) expect(isPlainRemote(url)).toBe(false);
  for (const url of ["http://console.example", "http://10.0.0.7:3000"]) expect(isPlainRemote(url)).toBe(true);
});
