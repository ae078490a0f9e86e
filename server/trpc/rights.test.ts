import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACCESS_KEY_RIGHTS, rightsOf, ROLES, type Right, type Role } from "@/server/kernel/permissions";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { call, FirstDoorOnly, PROCEDURES, type Called, type Outcome } from "@/server/testing/rights/callers";
import { inputFor, OVERRIDES, RIGHTS_PORTS } from "@/server/testing/rights/overrides";
import { createAdmin, createTenant, type Tenant } from "@/server/testing/rights/tenant";
import type { Caller } from "./context";
import { ACCESS } from "./root";

// A walk over every procedure that there is, with everybody who could call it.

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation(RIGHTS_PORTS, { sip: true });
});
afterAll(() => installation.drop());

const OF_A_CUSTOMER = "0198a000-0000-7000-8000-000000000000";
const HOLDERS: readonly {
  name: string;
  rights: ReadonlySet<Right>;
  role: (typeof ROLES)[number] | null;
  all: boolean;
}[] = [
  ...ROLES.map((role) => ({ name: `${role} of all`, role, all: true, rights: rightsOf(role, null) })),
  ...ROLES.map((role) => ({ name: `${role} of a customer`, role, all: false, rights: rightsOf(role, OF_A_CUSTOMER) })),
  { name: "access key", role: null, all: false, rights: ACCESS_KEY_RIGHTS },
];
type Holder = (typeof HOLDERS)[number];

const readOnly = new Map<string, Promise<Tenant>>();

/** A tenant for each who changes something; those who only look share one. */
function tenantFor(procedure: Called, role: Role): Promise<Tenant> {
  if (procedure.type !== "query") return createTenant(installation, role);
  const shared = readOnly.get(role) ?? createTenant(installation, role);
  readOnly.set(role, shared);
  return shared;
}

/** Calls with an input that means something, about a record that the caller may see. */
async function callAs(holder: Holder, procedure: Called, rights?: ReadonlySet<Right>): Promise<Outcome> {
  const tenant = await tenantFor(procedure, holder.role ?? "admin");
  const caller: Partial<Caller> =
    holder.role === null
      ? { token: tenant.token }
      : { sessionId: (holder.all ? await createAdmin(installation, holder.role, null) : tenant).sessionId };
  return await call(installation, caller, procedure.path, inputFor(procedure, tenant), rights);
}

/** Refused before any verb was asked; a verb may find a password wrong. */
const isUnknown = ({ code, reason }: Outcome): boolean => code === "UNAUTHORIZED" && reason === undefined;
const isMissingRight = ({ code, reason }: Outcome): boolean => code === "FORBIDDEN" && reason === "MISSING_RIGHT";

test("what the walk is told about single procedures is about procedures that there are", () => {
  const paths = PROCEDURES.map(({ path }) => path);
  expect(Object.keys(OVERRIDES).filter((path) => !paths.includes(path))).toEqual([]);
  expect(PROCEDURES.length).toBeGreaterThan(20);
});

describe.each(PROCEDURES)("$path", (procedure) => {
  const access = ACCESS.get(procedure.path);
  if (access === undefined) throw new Error(`${procedure.path} declares nothing`);

  test("knows no stranger, no false token and no false session", async () => {
    const tenant = await tenantFor(procedure, "admin");
    for (const caller of [{}, { token: "x".repeat(16) }, { token: "" }, { sessionId: randomUUID() }]) {
      const outcome = await call(installation, caller, procedure.path, inputFor(procedure, tenant));
      expect(isUnknown(outcome), JSON.stringify(outcome)).toBe(access.kind !== "public");
    }
  });

  test.each(HOLDERS)("answers the $name as the table of rights says", async (holder) => {
    const outcome = await callAs(holder, procedure);
    expect(isUnknown(outcome)).toBe(false);
    expect(outcome.code).not.toBe("INTERNAL_SERVER_ERROR");
    if (access.kind === "right" && !holder.rights.has(access.right)) return expect(isMissingRight(outcome)).toBe(true);
    if (access.kind === "own" && holder.role === null) return expect(outcome.code).toBe("FORBIDDEN");
    expect(isMissingRight(outcome), JSON.stringify(outcome)).toBe(false);
    expect(outcome.code, `the walk's input is not understood: ${outcome.message ?? ""}`).not.toBe("BAD_REQUEST");
  });

  if (access.kind === "right" && OVERRIDES[procedure.path]?.oneDoor !== true)
    test("is refused by the verb behind it, too", async () => {
      const [owner] = HOLDERS;
      if (owner === undefined) throw new Error("there is no owner");
      const outcome = await callAs(owner, procedure, new FirstDoorOnly(owner.rights));
      expect(isMissingRight(outcome), JSON.stringify(outcome)).toBe(true);
    });
});
