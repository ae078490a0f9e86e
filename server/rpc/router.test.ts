import { describe, expect, test } from "vitest";
import { createRouter, route } from "./router";

const match = createRouter([
  route("GET", "/v1/customers", "list", () => Promise.resolve(0), String),
  route("GET", "/v1/customers/:id", "get", () => Promise.resolve(0), String),
  route("PUT", "/v1/customers/:id/billing_account_id", "billing", () => Promise.resolve(0), String),
]);
const find = (method: string, uri: string) => match({ method, uri, publisher: "", data: undefined });
const ID = "5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90";

describe("routes are anchored at both ends", () => {
  test.each([
    ["GET", "/v1/customers", "list"],
    ["GET", "/v1/customers?page_size=1", "list"],
    ["GET", "/v1/customers?x=/v1/accesskeys", "list"],
    ["GET", `/v1/customers/${ID}`, "get"],
    ["GET", `/v1/customers/${ID.toUpperCase()}`, "get"],
    ["PUT", `/v1/customers/${ID}/billing_account_id`, "billing"],
  ])("%s %s", (method, uri, metric) => expect(find(method, uri)?.route.metric).toBe(metric));

  test.each([
    ["get", "/v1/customers"],
    ["GET", "/x/v1/customers"],
    ["GET", "/v1/customers/"],
    ["GET", `/x/v1/customers/${ID}`],
    ["GET", `/v1/customers/{${ID}}`],
    ["GET", `/v1/customers/${ID.slice(1)}`],
    ["GET", `/v1/customers/../customers/${ID}`],
    ["GET", "/v1/customers%00"],
    ["GET", `/v1/accesskeys?/v1/customers/${ID}`],
    ["GET", ""],
    ["GET", "v1/customers"],
    ["GET", `/v1/customers/${ID}${"/".repeat(100_000)}`],
  ])("no route: %s %s", (method, uri) => expect(find(method, uri)).toBeNull());

  test("ids come from the match, in lower case", () => {
    expect(find("GET", `/v1/customers/${ID.toUpperCase()}`)?.params).toEqual({ id: ID });
  });
});
