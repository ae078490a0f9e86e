import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { startTestWeb, type TestWeb } from "@/server/testing/web";
import { AdminClientError, createAdminClient, type AdminClientOptions } from "./src";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const npm = (...args: string[]) => ["npm", args] as const;

describe("the package", () => {
  let installation: TestInstallation;
  let web: TestWeb;
  let project: string;
  const tsc = join(here, "../node_modules/typescript/bin/tsc");
  const write = (name: string, text: string): void => writeFileSync(join(project, name), text);
  /** @returns what the compiler says; empty when all is right */
  const compile = async (file: string, ...flags: string[]): Promise<string> => {
    const args = [
      tsc,
      "--pretty",
      "false",
      "--strict",
      "--target",
      "es2022",
      "--module",
      "nodenext",
      "--lib",
      "es2023,dom",
      ...flags,
      file,
    ];
    return await run(process.execPath, args, { cwd: project }).then(
      () => "",
      (error: { stdout: string }) => error.stdout,
    );
  };

  beforeAll(async () => {
    [installation, project] = [await openTestInstallation(), mkdtempSync(join(tmpdir(), "admin-client-"))];
    web = await startTestWeb(installation);
    const [packer, args] = npm("pack", "--silent", "--pack-destination", project);
    const { stdout } = await run(packer, args, { cwd: here });
    write("package.json", '{ "name": "an-empty-project", "private": true, "type": "module" }');
    const [installer, tarball] = npm(
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--silent",
      `./${stdout.trim().split("\n").at(-1) ?? ""}`,
    );
    await run(installer, tarball, { cwd: project });
  }, 240_000);
  afterAll(async () => {
    rmSync(project, { recursive: true, force: true });
    await web?.close();
    await installation?.drop();
  });

  test("installs with nothing but itself, and with nothing of the server", () => {
    const read = (file: string): string =>
      readFileSync(join(project, "node_modules/@voipbin/admin-client", file), "utf8");
    const { dependencies, peerDependencies } = JSON.parse(read("package.json")) as Record<string, object | undefined>;
    expect({ dependencies, peerDependencies }).toEqual({});
    expect(read("dist/index.d.ts")).not.toMatch(/from ["']|import\(|@trpc|zod|drizzle/);
    expect(read("dist/index.js")).not.toMatch(/\bfrom\s*["']|import\(|require\(/);
    expect(read("README.md")).toContain("createAdminClient");
  });

  test("compiles a right call, which does against a live server what it says", async () => {
    write(
      "right.ts",
      `import { createAdminClient, AdminClientError, type AdminClient, type ErrorCode } from "@voipbin/admin-client";
       const [url = "", accessKey = "", customerId = ""] = (globalThis as any).process.argv.slice(2);
       const client: AdminClient = createAdminClient({ url, accessKey });
       const { user, tenant } = await client.session.me();
       const id: string | null = tenant.customerId;
       const customer = await client.customer.get({ id: customerId });
       const name: string = customer.name;
       const page = await client.accessKey.list({ filter: { customerId, deleted: false }, size: 10 });
       const count: number = page.items.length;
       const next: string | null = page.next;
       const { key, token } = await client.accessKey.create({ customerId, name: "made by the client" }, { idempotencyKey: "a-key-of-my-own" });
       const again = await client.accessKey.create({ customerId, name: "made by the client" }, { idempotencyKey: "a-key-of-my-own" });
       let code: ErrorCode | "none" = "none";
       let field: string | undefined;
       try {
         await client.accessKey.create({ customerId, expire: -1 });
       } catch (error) {
         if (error instanceof AdminClientError) [code, field] = [error.code, error.field];
       }
       console.log(JSON.stringify({ user: user.role, id, name, count, next, made: key.name, same: token === again.token, code, field }));`,
    );
    expect(await compile("right.ts")).toBe("");
    const customer = await createCustomer(installation.context(), { email: anEmail(), name: "Meridian" });
    const { token } = await createAccessKey(installation.context(), { customerId: customer.id, name: "program" });
    const { stdout } = await run(process.execPath, ["right.js", web.url, token, customer.id], { cwd: project });
    expect(JSON.parse(stdout)).toEqual({
      user: "access-key",
      id: customer.id,
      name: "Meridian",
      count: 1,
      next: null,
      made: "made by the client",
      same: true,
      code: "INVALID_INPUT",
      field: "expire",
    });
  });

  test("does not compile a wrong call", async () => {
    const wrong = {
      "a procedure that there is not": "await client.customer.rename({ id: '' })",
      "an area that there is not": "await client.payments.list({})",
      "what access keys may not do": "await client.customer.delete({ id: '' })",
      "what people do about themselves": "await client.account.changePassword({})",
      "an input that is missing": "await client.customer.get()",
      "a field that there is not": "await client.accessKey.create({ customerId: '', nam: '' })",
      "a field of another type": "await client.accessKey.create({ customerId: 7 })",
      "an output that is not so": "const total: string = (await client.customer.list({})).total.count",
      "a client without a key": "createAdminClient({ url: '' })",
    };
    const head = `import { createAdminClient } from "@voipbin/admin-client"; const client = createAdminClient({ url: "http://x", accessKey: "vb_12345678" });`;
    write("wrong.ts", [head, ...Object.values(wrong), "export {};"].join("\n"));
    const said = await compile("wrong.ts", "--noEmit");
    for (const [place, what] of Object.keys(wrong).entries())
      expect(said, what).toMatch(new RegExp(`^wrong\\.ts\\(${place + 2},\\d+\\): error TS`, "m"));
    expect(said.match(/error TS/g)).toHaveLength(Object.keys(wrong).length);
  });
});

describe("a call", () => {
  type Reply = { status?: number; headers?: Record<string, string>; body?: unknown } | "cut" | "silence";
  let server: Server;
  let replies: Reply[] = [];
  const seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const fine: Reply = { body: { result: { data: { fine: true } } } };
  const busy = (status: number, headers: Record<string, string> = {}): Reply => ({
    status,
    headers,
    body: { error: { message: "Busy.", data: { code: "UNAVAILABLE", reason: "BUSY", requestId: "request-1" } } },
  });
  const open = (over: Partial<AdminClientOptions> = {}) =>
    createAdminClient({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      accessKey: "vb_a-secret-token",
      ...over,
    });
  const given = (...list: Reply[]): void => {
    replies = list;
    seen.length = 0;
  };
  const failure = async (work: Promise<unknown>): Promise<AdminClientError> => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof AdminClientError) return error;
    throw new Error(`no failure: ${String(error)}`);
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      void (async () => {
        let body = "";
        for await (const chunk of request) body += String(chunk);
        seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
        const reply = replies.shift() ?? fine;
        if (reply === "cut") return request.socket.destroy();
        if (reply === "silence") return;
        response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
        response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("sends its access key in a header alone", async () => {
    given(fine, fine);
    await open().customer.get({ id: "1" });
    await open().customer.update({ id: "1" });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /api/trpc/customer.get?input=${encodeURIComponent('{"id":"1"}')}`,
      "POST /api/trpc/customer.update",
    ]);
    for (const { headers, url, body } of seen) {
      expect(headers.authorization).toBe("Bearer vb_a-secret-token");
      expect(url + body).not.toContain("secret");
    }
  });

  test.each<[string, Reply]>([
    ["429", busy(429, { "retry-after": "0" })],
    ["503", busy(503)],
    ["a lost connection", "cut"],
    ["silence", "silence"],
  ])("is tried again after %s, a change with one idempotency key in all its attempts", async (_, reply) => {
    given(reply, reply, fine);
    const client = open({ timeoutMs: reply === "silence" ? 2_000 : 30_000 });
    expect(await client.accessKey.create({ customerId: randomUUID() })).toEqual({ fine: true });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(seen[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
    await client.accessKey.create({ customerId: randomUUID() });
    expect(seen[3]?.headers["idempotency-key"]).not.toBe(seen[0]?.headers["idempotency-key"]);
  });

  test("waits as long as the server asks, and not for longer than it was told to", async () => {
    given(busy(429, { "retry-after": "1" }), fine);
    const started = performance.now();
    await open().session.me();
    expect(performance.now() - started).toBeGreaterThan(990);
    given(busy(429, { "retry-after": "3600" }));
    expect(await failure(open().session.me())).toMatchObject({ status: 429, retryAfterSeconds: 3_600 });
    expect(seen).toHaveLength(1);
  });

  test.each([400, 401, 403, 404, 409, 500, 502])("is not tried again after %i", async (status) => {
    given(busy(status));
    expect(await failure(open().session.me())).toMatchObject({ status, reason: "BUSY", requestId: "request-1" });
    expect(seen).toHaveLength(1);
  });

  test("gives up after the retries it was given, and says why", async () => {
    given("cut", "cut", "cut");
    expect(await failure(open({ retries: 1 }).session.me())).toMatchObject({ status: 0, code: "UNREACHABLE" });
    expect(seen).toHaveLength(2);
    given("silence");
    expect(await failure(open({ retries: 0, timeoutMs: 50 }).session.me())).toMatchObject({ code: "NO_ANSWER" });
  });

  test("says what is wrong, where, and by which id to ask for help", async () => {
    const data = {
      code: "INVALID_INPUT",
      reason: "INVALID_INPUT",
      field: "email",
      fields: { email: "no" },
      requestId: "r-2",
    };
    given({ status: 400, body: { error: { message: "email: no", data } } });
    const error = await failure(open().customer.update({ id: "1" }));
    expect(error).toMatchObject({ message: "email: no", status: 400, ...data });
    given({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" });
    expect(await failure(open().session.me())).toMatchObject({ code: "BAD_ANSWER", status: 502 });
    given({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome</h1>" });
    expect(await failure(open().session.me())).toMatchObject({ code: "BAD_ANSWER", status: 200 });
  });

  test("follows nobody elsewhere with its access key", async () => {
    given({ status: 302, headers: { location: "https://example.com/" }, body: {} });
    expect(await failure(open({ retries: 0 }).session.me())).toMatchObject({ code: "UNREACHABLE" });
  });

  test("ends when its caller says so, in an attempt and between two", async () => {
    for (const reply of ["silence", busy(503, { "retry-after": "30" })] as Reply[]) {
      given(reply);
      const controller = new AbortController();
      const call = open().session.me(undefined, { signal: controller.signal });
      while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(new Error("enough"));
      await expect(call).rejects.toThrow("enough");
    }
  });

  test("is not made with an address or an access key that cannot be right", () => {
    for (const url of ["", "admin.example.com", "ftp://x", "https://u:p@x", "https://x/?key=1"])
      expect(() => open({ url }), url).toThrow(TypeError);
    for (const accessKey of ["", "short", "with blanks in it", "vb_\n12345678"])
      expect(() => open({ accessKey }), accessKey).toThrow(TypeError);
  });
});
