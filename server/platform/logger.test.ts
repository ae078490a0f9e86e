import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { hidden } from "./hidden";
import { createLogger } from "./logger";
import { redactText } from "./redact";

function capture() {
  const lines: string[] = [];
  const log = createLogger({
    level: "trace",
    process: "test",
    destination: { write: (line) => void lines.push(line) },
  });
  return { log, text: () => lines.join(""), last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> };
}

test("secrets do not reach the log, whatever the depth and the spelling", () => {
  const { log, text } = capture();
  log.info(
    {
      token: "s3cret",
      a: {
        b: [
          { passwordHash: "s3cret", headers: { authorization: "s3cret", "set-cookie": ["s3cret"], Cookie: "s3cret" } },
        ],
      },
      database_dsn: "s3cret",
      AUTH_SECRET: "s3cret",
      wrapped: hidden("s3cret"),
      map: new Map([["x", { sip_password: "s3cret" }]]),
      url: "amqp://guest:s3cret@host/",
      text: "connect root:s3cret@tcp(db:3306)/x with Bearer s3cret and vb_abcdS3cretS3cretS3cret",
    },
    "amqp://me:s3cret@host failed",
  );
  log.child({ password: "s3cret" }).info({}, "child");
  expect(text()).not.toMatch(/s3cret/i);
  expect(text()).toContain("amqp://guest:[hidden]@host");
});

test("an error of the database keeps its code and loses its values", () => {
  const { log, text, last } = capture();
  const cause = Object.assign(new Error("Duplicate entry 's3cret@example.com' for key 'idx_email'"), {
    code: "ER_DUP_ENTRY",
    errno: 1062,
    sqlState: "23000",
    sql: "insert into t values ('s3cret')",
    sqlMessage: "s3cret",
  });
  log.error({ err: new DrizzleQueryError("insert into t values (?)", ["s3cret"], cause) }, "failed");
  log.error(
    { error: Object.assign(new Error("You have an error in your SQL syntax near 's3cret"), { sqlState: "42000" }) },
    "failed",
  );
  expect(text()).not.toContain("s3cret");
  expect(text()).toContain("ER_DUP_ENTRY");
  expect(text()).toContain("for key 'idx_email'");
  expect(last()).toMatchObject({ level: "error", process: "test", msg: "failed" });
});

test("a request id is on every line of its child", () => {
  const { log, last } = capture();
  log.child({ requestId: "r-1" }).warn({ err: new Error("boom") }, "slow");
  expect(last()).toMatchObject({ requestId: "r-1", level: "warn", err: { type: "Error", message: "boom" } });
});

test.each([
  ['{"uri":5,"data":{"password":"s3cret","name":"Desk"}}', "Desk"],
  ['{"uri":"/v1/extensions","data":{"password":"s3cret","name":"Desk"', "Desk"],
  ['{"name":"Desk","data":{"password" : "s3cret\\" s3cr', "Desk"],
  ["{'name': 'Desk', 'password': 's3cret', 'ok': True}", "True"],
  ["name=Desk&password=s3cret&detail=x", "detail=x"],
])("a message shows no secret to those who look at it, be it JSON or not: %s", (body, kept) => {
  expect(redactText(body)).not.toMatch(/s3cr/);
  expect(redactText(body)).toContain(kept);
});
