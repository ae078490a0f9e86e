import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { accessTo, ROUTES, routeOf } from "./routes";

test("an address belongs to the entry that says most about it, and one that nobody listed is for signed-in people", () => {
  expect(routeOf("/api/trpc/customer.get")).toBe("/api/trpc/*");
  expect(routeOf("/api/live")).toBe("/api/live");
  for (const path of ["/", "/customers", "/api", "/api/live/", "/api/new", "/sign-in/more", "/setup2", "/API/live"])
    expect(accessTo(path), path).toEqual({ kind: "session" });
});

/** The addresses of Next's pages and handlers, from the folders that make them. */
const files = readdirSync("app", { recursive: true, encoding: "utf8" });
const pages = files
  .filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file))
  .map(
    (file) =>
      `/${file.replace(/(^|\/)(page|route)\.tsx?$/, "")}`
        .replaceAll(/\/\([^/]+\)/g, "")
        .replaceAll(/\[[^\]]+\]/g, "x") || "/",
  );

test("the pages that are open to strangers are these, and no other becomes so unseen", () => {
  expect(pages.length).toBeGreaterThan(8);
  expect(pages.filter((path) => accessTo(path).kind !== "session").sort()).toEqual([
    "/api/auth/x",
    "/phone",
    "/setup",
    "/sign-in",
  ]);
});

test("each open address says why it is", () => {
  for (const [path, access] of Object.entries(ROUTES))
    if ("because" in access) expect(access.because, path).toMatch(/^.{20,}\.$/);
});
