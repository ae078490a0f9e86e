import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDomainError } from "@/server/kernel/errors";
import { decodeBody, decodeFilters, decodePage } from "./decode";
import { parseEnvelope } from "./envelope";

const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isDomainError(error) && error.code === "INVALID_INPUT") return error.details.field ?? "";
    throw error;
  }
  return "not refused";
};

describe("bodies are read as Go reads them", () => {
  const fields = { name: "text", customer_id: "uuid", expire: "integer" } as const;

  test("keys in any case, unknown ones ignored, null is absent, UUIDs in every spelling", () => {
    expect(
      decodeBody({ NAME: "a", other: 1, Customer_ID: "{5B1C9F04-7D2E-4C3A-9A51-0C6E2F7D8B90}", expire: null }, fields),
    ).toEqual({
      name: "a",
      customer_id: "5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90",
    });
    expect(decodeBody(null, fields)).toEqual({});
  });

  test.each([
    [undefined, "data"],
    [[], "data"],
    ["x", "data"],
    [7, "data"],
    [{ name: 5 }, "name"],
    [{ name: {} }, "name"],
    [{ customer_id: "" }, "customer_id"],
    [{ customer_id: "x" }, "customer_id"],
    [{ expire: 1.5 }, "expire"],
    [{ expire: "1" }, "expire"],
    [{ expire: 2_147_483_648 }, "expire"],
  ])("%j is refused at %s", (body, field) => expect(refused(() => decodeBody(body, fields))).toBe(field));

  test("a key named like a prototype's is unknown, not a field", () => {
    expect(decodeBody(JSON.parse('{"__proto__":{"name":"x"},"constructor":"y"}'), fields)).toEqual({});
  });
});

describe("filters and pages", () => {
  test("unknown filters and values of a wrong type are refused by name", () => {
    expect(refused(() => decodeFilters({ colour: "red" }, { name: "text" }))).toBe("colour");
    expect(refused(() => decodeFilters({ name: null }, { name: "text" }))).toBe("name");
    expect(refused(() => decodeFilters({ deleted: "false" }, { deleted: "bool" }))).toBe("deleted");
    expect(decodeFilters(undefined, { name: "text" })).toEqual({});
  });

  test.each([
    ["", 100, null],
    ["page_size=0", 0, null],
    ["page_size=5000", 1000, null],
    ["page_size=1000000000", 1000, null],
    ["page_token=&page_size=10", 10, null],
    ["page_token=2021-03-02+03%3A23%3A20.995000", 100, "2021-03-02 03:23:20.995000"],
    ["page_token=2021-03-02%2003:23:20", 100, "2021-03-02 03:23:20.000000"],
    ["page_token=2021-03-02 03:23:20.123456789", 100, "2021-03-02 03:23:20.123456"],
  ])("?%s", (query, size, before) => expect(decodePage(new URLSearchParams(query))).toEqual({ size, before }));

  test.each([
    "page_size=-1",
    "page_size=many",
    "page_size=1e9",
    "page_size=1.5",
    "page_token=x",
    "page_token=2021-02-30 00:00:00",
    "page_token=' or 1=1",
  ])("?%s is refused", (query) => expect(refused(() => decodePage(new URLSearchParams(query)))).toMatch(/^page_/));
});

describe("envelopes", () => {
  test("whatever bytes arrive, reading them neither throws nor invents a request", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        const request = parseEnvelope(Buffer.from(bytes));
        return request === null || typeof request.uri === "string";
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        const request = parseEnvelope(Buffer.from(json));
        return request === null || (typeof request.method === "string" && typeof request.uri === "string");
      }),
    );
  });

  test("fields of a wrong type make it malformed; keys in any case; the last of equal keys wins", () => {
    expect(parseEnvelope(Buffer.from('{"uri":5,"method":"GET"}'))).toBeNull();
    expect(parseEnvelope(Buffer.from("[]"))).toBeNull();
    expect(parseEnvelope(Buffer.from('{"URI":"/a","uri":"/b","Method":"GET","data":null}'))).toEqual({
      uri: "/b",
      method: "GET",
      publisher: "",
      data: null,
    });
  });
});
