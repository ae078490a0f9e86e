import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatTime } from "@/server/kernel/clock";
import { encodeCursor } from "@/server/kernel/pagination";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { call, PROCEDURES, type Called, type Outcome } from "@/server/testing/rights/callers";
import { idFields } from "@/server/testing/rights/inputs";
import { inputFor, likelyId, OVERRIDES, RIGHTS_PORTS } from "@/server/testing/rights/overrides";
import { createAdmin, createTenant, recordsOf, type Tenant } from "@/server/testing/rights/tenant";
import type { Caller } from "./context";
import { ACCESS } from "./root";

// A walk over every procedure that there is, with the ids and the words of somebody else's records.

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation(RIGHTS_PORTS, { sip: true });
});
afterAll(() => installation.drop());

interface Attempt {
  what: string;
  input: unknown;
  /** It names a foreign record in one field, as somebody would who knows what that means. */
  meant: boolean;
  /** It asks for one foreign record, so that nothing but a refusal will do. */
  refuse: boolean;
}

/** What one could ask a procedure about somebody else's records. */
function attemptsAt(procedure: Called, foreign: Tenant): Attempt[] {
  const attempts: Attempt[] = [
    { what: "nothing in particular", input: inputFor(procedure, foreign, {}), meant: false, refuse: false },
  ];
  if (procedure.schema === null) return attempts;
  const { all, required } = idFields(procedure.schema);
  for (const only of all)
    attempts.push({
      what: `its ${only} alone`,
      input: inputFor(procedure, foreign, { id: likelyId(procedure.path, foreign), only }),
      meant: true,
      refuse: required,
    });
  if (all.length > 0)
    for (const [table, id] of Object.entries(foreign.ids))
      for (const [what, ofField] of [
        [`the id of ${table}`, () => id],
        [
          `the customer, and the id of ${table}`,
          (field: string) => (/customer/i.test(field) ? foreign.customerId : id),
        ],
      ] as const)
        attempts.push({ what, input: inputFor(procedure, foreign, { id: ofField }), meant: false, refuse: required });
  if (procedure.type === "mutation") return distinct(attempts);
  for (const text of [foreign.mark, foreign.email, foreign.customerId, foreign.token])
    attempts.push({
      what: `the words ${text}`,
      input: inputFor(procedure, foreign, { text }),
      meant: false,
      refuse: false,
    });
  for (const back of [true, false])
    for (const value of ["", foreign.mark, formatTime(Date.now()), "9999"])
      attempts.push({
        what: "a page beside a foreign row",
        input: {
          ...(inputFor(procedure, foreign, {}) as object),
          cursor: encodeCursor({ value, id: foreign.customerId, back }),
        },
        meant: false,
        refuse: false,
      });
  return distinct(attempts);
}

/** Without those that come to the same request. */
function distinct(attempts: Attempt[]): Attempt[] {
  const seen = new Map<string, Attempt>();
  for (const attempt of attempts) {
    const key = JSON.stringify([attempt.input, attempt.refuse]);
    if (!seen.has(key)) seen.set(key, attempt);
  }
  return [...seen.values()];
}

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
    if (procedure.type === "query")
      // Numbers tell of nobody by name: theirs are those of an id that there is not.
      for (const only of procedure.schema === null ? [] : idFields(procedure.schema).all) {
        const ask = async (id: (field: string) => string): Promise<Outcome> =>
          await call(installation, callerOf(own), procedure.path, inputFor(procedure, foreign, { id, only }));
        const [{ result, code }, nobodys] = [
          await ask(likelyId(procedure.path, foreign)),
          await ask(() => randomUUID()),
        ];
        expect({ result, code }, `its ${only} alone`).toEqual({ result: nobodys.result, code: nobodys.code });
      }
    if (procedure.type === "mutation") await installation.runJobs(); // what a change leaves to be done later
    expect(await recordsOf(installation, foreign)).toBe(before);
  });

  // Else a refusal would prove nothing: the same ids have to mean something to somebody who may.
  const { path, schema } = procedure;
  const ids = schema === null ? { all: [], required: false } : idFields(schema);
  if (ACCESS.get(path)?.kind === "right" && ids.all.length > 0 && OVERRIDES[path]?.findsNothing !== true)
    test("is asked for something that is there", async () => {
      const owner = await createAdmin(installation, "owner", null);
      const foreign = await createTenant(installation);
      const before = await recordsOf(installation, foreign);
      const ask = async (input: unknown) => await call(installation, { sessionId: owner.sessionId }, path, input);
      const answers = new Set<string>();
      const codes = new Set<string | undefined>();
      for (const { input, meant, refuse } of attemptsAt(procedure, foreign)) {
        if (!meant && !refuse) continue;
        const { code, result } = await ask(input);
        codes.add(code);
        answers.add(JSON.stringify(result));
      }
      for (const code of ["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"]) codes.delete(code);
      expect([...codes].length).toBeGreaterThan(0);
      if (ids.required) return;
      // It can be asked without an id: one of theirs has to be answered otherwise than one of nobody's, or to change something.
      for (const only of ids.all)
        answers.delete(
          JSON.stringify((await ask(inputFor(procedure, foreign, { id: () => randomUUID(), only }))).result),
        );
      if (procedure.type === "query") return expect(answers.size).toBeGreaterThan(0);
      await installation.runJobs();
      expect(await recordsOf(installation, foreign)).not.toBe(before);
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
