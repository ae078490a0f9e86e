import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { get } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { toDomainError } from "@/server/kernel/errors";
import { rightsOf } from "@/server/kernel/permissions";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { sendCsv } from "./csv";

let installation: TestInstallation;
let asked: Context;
let address = "";
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const gzip = request.headers["accept-encoding"] === "gzip";
  sendCsv(asked, { name: url.pathname.slice(1), query: url.searchParams, gzip }, response).catch((error: unknown) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(418).end(toDomainError(error).reason);
  });
});
beforeAll(async () => {
  installation = await openTestInstallation();
  asked = installation.context();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await installation.drop();
});

function download(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    get(`${address}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on("error", reject);
    }).on("error", reject);
  });
}
const pathOf = (list: string, input: object, columns = "") =>
  `/${list}?${new URLSearchParams({ input: JSON.stringify(input), columns }).toString()}`;
const linesOf = (body: Buffer): string[] =>
  body
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split("\r\n");

test("a list comes with its filter and columns, over many pages, each row once", async () => {
  const name = `Export "${anEmail()}"`;
  const made: string[] = [];
  for (let index = 0; index < 450; index++)
    made.push((await createCustomer(installation.context(), { name, email: anEmail() })).id);
  await createCustomer(installation.context(), { name: "Other", email: anEmail() });
  const { body, headers } = await download(pathOf("customers", { filter: { name } }, "id,name"));
  expect(body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(headers["content-disposition"]).toMatch(/^attachment; filename="customers-\d{4}-\d\d-\d\d\.csv"$/);
  const [head, ...rows] = linesOf(body);
  expect(head).toBe("id,name,email");
  expect(rows.map((row) => row.slice(0, 36)).sort()).toEqual([...made].sort());
  expect(rows[0]).toContain(`"${name.replaceAll('"', '""')}"`);

  const zipped = await download(pathOf("customers", { filter: { name } }, "id,name"), { "accept-encoding": "gzip" });
  expect(zipped.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(zipped.body)).toEqual(body);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])("a value that begins with %j is no formula", async (text) => {
  const email = anEmail();
  await createCustomer(installation.context(), { name: text, email });
  const { body } = await download(pathOf("customers", { filter: { email } }, "name"));
  expect(body.toString("utf8")).toMatch(/\r\n"?'[=+\-@\t\r]/);
});

test("who asks gets his own customer's rows alone, and only with the right", async () => {
  const own = await createCustomer(installation.context(), { name: "Own", email: anEmail() });
  const foreign = await createCustomer(installation.context(), { name: "Foreign", email: anEmail() });
  for (const { id: customerId, name } of [own, foreign])
    await createAccessKey(installation.context(), { customerId, name });
  const before = asked;
  try {
    asked = installation.context({
      actor: { type: "admin", id: own.id, name: "Kim", role: "admin", customerId: own.id, sessionId: "" },
      tenant: { all: false, customerId: own.id },
      rights: rightsOf("admin", own.id),
    });
    for (const list of ["customers", "access-keys", "audit"]) {
      const { body } = await download(pathOf(list, {}));
      expect(body.toString()).toContain(own.id);
      expect(body.toString()).not.toContain(foreign.id);
    }
    const [entry] = await installation.rows<{ action: string; customer: string }>(
      "select action, lower(hex(customer_id)) as customer from admin_audit where actor_id = ? and action = 'customers.export'",
      [own.id],
    );
    expect(entry).toEqual({ action: "customers.export", customer: own.id.replaceAll("-", "") });

    asked = { ...asked, rights: rightsOf("billing-read", own.id) };
    expect((await download(pathOf("access-keys", {}))).body.toString()).toBe("MISSING_RIGHT");
  } finally {
    asked = before;
  }
});

test("what is no list, no input or no column is refused before anything is sent", async () => {
  expect((await download("/nothing")).body.toString()).toBe("LIST_NOT_FOUND");
  expect((await download("/toString")).body.toString()).toBe("LIST_NOT_FOUND");
  expect((await download("/customers?input=no-json")).body.toString()).toBe("INVALID_INPUT");
  expect((await download(pathOf("customers", { filter: { id: "no id" } }))).body.toString()).toBe("INVALID_INPUT");
  expect((await download(pathOf("customers", {}, "nothing"))).body.toString()).toBe("INVALID_INPUT");
});
