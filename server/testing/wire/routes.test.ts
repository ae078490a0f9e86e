import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createDeliverer, type Delivered } from "./deliveries";
import { makeRecords, SERVED, uriOf, walk, type Kind, type Made } from "./served";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation?.drop());

const ID = randomUUID();
/** What JSON can say and a field of a kind cannot be; null is nothing said. */
const WRONG: Record<Kind, readonly unknown[]> = {
  text: [0, 1.5, true, false, [], ["x"], {}, { length: 1 }],
  texts: ["x", "", 1, true, {}, [1], [null], [["x"]], [{}]],
  uuid: [0, true, [], [ID], {}, "", "x", `${ID}0`, ID.slice(1), `{${ID}`, ID.replaceAll("-", "+")],
  integer: ["1", "", 1.5, true, [], {}, 2 ** 31, 1e300],
  bool: ["true", "", 0, 1, [], {}],
};

describe.each(SERVED)("$service", (served) => {
  const routes = walk(served);
  const deliver = (method: string, uri: string, data?: unknown): Promise<Delivered> =>
    createDeliverer(installation.runtime, {}, served)(method, uri, data);

  const refused = (answer: Delivered, status: number, reason?: string): void =>
    expect(answer).toMatchObject({
      status_code: status,
      data_type: "voipbin_error",
      data: { domain: served.service, ...(reason === undefined ? {} : { reason }) },
    });

  test("has no route that its tests do not know of", () => {
    const keys = served.routes.map(({ method, segments }) => `${method} /${segments.join("/")}`);
    expect(keys.sort()).toEqual(Object.keys(served.described).sort());
  });

  describe.each(routes)("$key", (route) => {
    const { method, template, collection, fields = {}, filters, good } = route;
    let records: ReadonlyMap<string, Made>;
    beforeAll(async () => void (records = await makeRecords(served, deliver)));
    const at = (): string => uriOf(route, records.get(collection));

    if (method !== "DELETE")
      test("takes what it is meant for", async () => {
        expect(await deliver(method, at(), good?.())).toMatchObject({ status_code: 200 });
      });

    const wrong = Object.entries(fields).flatMap(([field, kind]) => WRONG[kind].map((value) => ({ field, value })));
    if (wrong.length > 0) {
      test("refuses each field by its name where it is of another type", async () => {
        for (const { field, value } of wrong) {
          const answer = await deliver(method, at(), { ...good?.(), [field]: value });
          refused(answer, 400, "INVALID_INPUT");
          expect((answer.data as { message: string }).message, JSON.stringify(value)).toMatch(
            new RegExp(`^${field}: `),
          );
        }
      });
      test("refuses a body that is no object", async () => {
        for (const body of [[], [{}], "text", 1, true, false]) refused(await deliver(method, at(), body), 400);
      });
    }
    if (filters === true)
      test("refuses a filter that it has not, and a page that is none", async () => {
        for (const data of [{ nothing: 1 }, { ...good?.(), password: "x" }, { constructor: {} }])
          refused(await deliver(method, at(), data), 400);
        for (const query of ["page_size=-1", "page_size=1e9", "page_size=x", "page_token=now", "page_token=2026-02-30"])
          refused(await deliver(method, `${template}?${query}`), 400);
        expect(await deliver(method, `${template}?page_size=1000000000`)).toMatchObject({ status_code: 200 });
      });

    test("is spelt in one way", async () => {
      const uri = at();
      const others = ["GET", "POST", "PUT", "DELETE"].filter(
        (each) => !routes.some((other) => other.method === each && other.template === template),
      );
      for (const other of [...others, "PATCH", "HEAD", "", method.toLowerCase(), ` ${method}`])
        refused(await deliver(other, uri, good?.()), 404, "ROUTE_NOT_FOUND");
      const [path = "", query = ""] = uri.split("?");
      for (const each of [`${path}/`, `/x${path}`, path.slice(1), path.toUpperCase(), `${path}%00`, `//${path}`])
        if (!template.includes("*") || !each.startsWith("/v1/") || each.endsWith("/"))
          refused(await deliver(method, `${each}?${query}`, good?.()), 404);
    });

    if (template.includes(":id"))
      test("knows no id but those of its own records, in any case of letters", async () => {
        const { id = "" } = records.get(collection) ?? {};
        const withId = (each: string): string => template.replace(":id", each);
        for (const each of [`{${id}}`, id.replaceAll("-", ""), `urn:uuid:${id}`, `${id}%20`, "1", "*", "", ".."])
          refused(await deliver(method, withId(each), good?.()), 404, "ROUTE_NOT_FOUND");
        const strangers = [...records].flatMap(([other, made]) => (other === collection ? [] : [made.id]));
        const nil = "00000000-0000-0000-0000-000000000000";
        for (const each of [...strangers, randomUUID(), nil]) {
          const answer = await deliver(method, withId(each), good?.());
          refused(answer, 404);
          expect(answer.data).not.toMatchObject({ reason: "ROUTE_NOT_FOUND" });
        }
        const spelt = await deliver(method, withId(id.toUpperCase()), good?.());
        expect(spelt).toMatchObject({ status_code: 200 });
      });
  });
});
