import { initTRPC } from "@trpc/server";
import { expect, test } from "vitest";
import { RIGHTS } from "@/server/kernel/permissions";
import { declaredAccess } from "./access";
import { knownProcedure, ownProcedure, procedure, publicProcedure, router } from "./init";
import { ACCESS, appRouter } from "./root";

const bare = initTRPC.create();
const answer = () => "answer";

test("a procedure that does not say who may call it does not compile", () => {
  // @ts-expect-error -- tRPC's own procedure declares nothing
  router({ find: bare.procedure.query(answer) });
  // @ts-expect-error -- nor does one with another kind of declaration
  router({ find: initTRPC.meta<{ right: string }>().create().procedure.query(answer) });
  // @ts-expect-error -- nor one that is hidden deeper
  router({ inner: { find: bare.procedure.query(answer) } });

  const incomplete = (): void => {
    // @ts-expect-error -- there is no such right
    procedure("customer:rename");
    // @ts-expect-error -- a right is needed
    procedure();
    // @ts-expect-error -- a reason is needed
    publicProcedure();
    // @ts-expect-error -- a reason is needed
    knownProcedure();
  };
  expect(incomplete).toBeTypeOf("function");

  const complete = router({
    read: procedure("customer:read").query(answer),
    mine: ownProcedure.query(answer),
    inner: router({ open: publicProcedure("why").query(answer), known: knownProcedure("why").query(answer) }),
  });
  expect(Object.fromEntries(declaredAccess(complete))).toEqual({
    read: { kind: "right", right: "customer:read" },
    mine: { kind: "own" },
    "inner.open": { kind: "public", because: "why" },
    "inner.known": { kind: "known", because: "why" },
  });
});

test("a process with a procedure that does not say who may call it does not start, and names it", () => {
  const silent = bare.router({ good: bare.procedure.query(answer) });
  expect(() => declaredAccess(silent)).toThrow("good");
  const mixed = bare.router({
    customer: { get: procedure("customer:read").query(answer), find: bare.procedure.query(answer) },
  });
  expect(() => declaredAccess(mixed)).toThrow(/who may call customer\.find:/);
  const late = bare.router({ later: () => Promise.resolve(silent) } as never);
  expect(() => declaredAccess(late)).toThrow();
});

test("every procedure that there is declares a right of the table, or why it needs none", () => {
  expect([...ACCESS.keys()].sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
  for (const [path, access] of ACCESS) {
    if (access.kind === "right") expect(RIGHTS, path).toContain(access.right);
    else if (access.kind !== "own") expect(access.because.length, path).toBeGreaterThan(10);
  }
});
