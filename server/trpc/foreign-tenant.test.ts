import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatTime } from "@/server/kernel/clock";
import { encodeCursor } from "@/server/kernel/pagination";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { call, PROCEDURES, type Called, type Outcome } from "@/server/testing/rights/callers";
import { idFields } from "@/server/testing/rights/inputs";
import { inputFor, OVERRIDES, RIGHTS_PORTS } from "@/server/testing/rights/overrides";
import { createAdmin, createTenant, recordsOf, type Tenant } from "@/server/testing/rights/tenant";
import type { Caller } from "./context";
import { ACCESS } from "./root";

// A walk over every procedure that there is, with the ids and the words of somebody else's records.

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation(RIGHTS_PORTS);
});
afterAll(() => installation.drop());

interface Attempt {
  what: string;
  input: unknown;
  /** It asks for one foreign record, so that nothing but a refusal will do. */
  refuse: boolean;
}

/** What one could ask a procedure about somebody else's records. */
function attemptsAt(procedure: Called, foreign: Tenant): Attempt[] {
  const attempts: Attempt[] = [
    { what: "nothing in particular", input: inputFor(procedure, foreign, {}), refuse: false },
  ];
  if (procedure.schema === null) return attempts;
  const { all, required } = idFields(procedure.schema);
  if (all)
    for (const [table, id] of Object.entries(foreign.ids))
      for (const [what, ofField] of [
        [`the id of ${table}`, () => id],
        [
          `the customer, and the id of ${table}`,
          (field: string) => (/customer/i.test(field) ? foreign.customerId : id),
        ],
      ] as const)
        attempts.push({ what, input: inputFor(procedure, foreign, { id: ofField }), refuse: required });
  if (procedure.type === "mutation") return distinct(attempts);
  for (const text of [foreign.mark, foreign.email, foreign.customerId, foreign.token])
    attempts.push({ what: `the words ${text}`, input: inputFor(procedure, foreign, { text }), refuse: false });
  for (const back of [true, false])
    for (const value of ["", foreign.mark, formatTime(Date.now()), "9999"])
      attempts.push({
        what: "a page beside a foreign row",
        input: {
          ...(inputFor(procedure, foreign, {}) as object),
          cursor: encodeCursor({ value, id: foreign.customerId, back }),
        },
        refuse: false,
      });
  return distinct(attempts);
}

/** Without those that come to the same request. */
const distinct = (attempts: Attempt[]): Attempt[] => [
  ...new Map(attempts.map((attempt) => [JSON.stringify([attempt.input, attempt.refuse]), attempt])).values(),
];

/** What of a tenant's must not be in an answer that somebody else gets. */
function shown({ result, message }: Outcome, foreign: Tenant): string[] {
  const text = `${JSON.stringify(result) ?? ""} ${message ?? ""}`;
  return [foreign.mark, foreign.token, ...Object.values(foreign.ids)].filter((each) => text.includes(each));
}

describe.each(PROCEDURES)("$path", (procedure) => {
  test.each<[string, (own: Tenant) => Partial<Caller>]>([
    ["an access key", ({ token }) => ({ token })],
    ["a customer's owner", ({ sessionId }) => ({ sessionId })],
  ])("shows %s nothing of another customer, and changes nothing there", async (_, callerOf) => {
    const [own, foreign] = [await createTenant(installation, "owner"), await createTenant(installation, "owner")];
    const before = await recordsOf(installation, foreign);
    for (const { what, input, refuse } of attemptsAt(procedure, foreign)) {
      const outcome = await call(installation, callerOf(own), procedure.path, input);
      expect(shown(outcome, foreign), what).toEqual([]);
      expect(outcome.code, `${what}: ${outcome.message ?? ""}`).not.toBe("INTERNAL_SERVER_ERROR");
      if (refuse) expect(["NOT_FOUND", "FORBIDDEN", "UNAUTHORIZED"], what).toContain(outcome.code);
    }
    if (procedure.type === "mutation") await installation.runJobs(); // what a change leaves to be done later
    expect(await recordsOf(installation, foreign)).toBe(before);
  });

  // Else a refusal would prove nothing: the same ids have to mean something to somebody who may.
  const { path, schema } = procedure;
  if (
    ACCESS.get(path)?.kind === "right" &&
    schema !== null &&
    idFields(schema).required &&
    OVERRIDES[path]?.findsNothing !== true
  )
    test("is asked for something that is there", async () => {
      const owner = await createAdmin(installation, "owner", null);
      const foreign = await createTenant(installation);
      const codes = new Set<string | undefined>();
      for (const { input, refuse } of attemptsAt(procedure, foreign))
        if (refuse) codes.add((await call(installation, { sessionId: owner.sessionId }, path, input)).code);
      for (const code of ["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"]) codes.delete(code);
      expect([...codes].length).toBeGreaterThan(0);
    });
});

test("a key of a deleted customer, a revoked one and an ended session are strangers", async () => {
  const me = (caller: Partial<Caller>) => call(installation, caller, "session.me", undefined);
  const owner = { sessionId: (await createAdmin(installation, "owner", null)).sessionId };
  const former = await createTenant(installation);
  expect((await me({ token: former.token })).code).toBeUndefined();
  expect((await call(installation, owner, "customer.delete", { id: former.customerId })).code).toBeUndefined();
  expect((await me({ token: former.token })).code).toBe("UNAUTHORIZED");

  const revoked = await createTenant(installation);
  const { customer_accesskeys: id } = revoked.ids;
  expect((await call(installation, owner, "accessKey.revoke", { id })).code).toBeUndefined();
  expect((await me({ token: revoked.token })).code).toBe("UNAUTHORIZED");

  await installation.rows("update admin_sessions set tm_revoke = tm_create where id = unhex(?)", [
    revoked.sessionId.replaceAll("-", ""),
  ]);
  expect((await me({ sessionId: revoked.sessionId })).code).toBe("UNAUTHORIZED");
  expect((await me({ sessionId: randomUUID() })).code).toBe("UNAUTHORIZED");
});
