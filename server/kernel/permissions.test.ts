import { describe, expect, test } from "vitest";
import {
  ACCESS_KEY_RIGHTS,
  coversRole,
  isRole,
  PERMISSIONS,
  PLATFORM_RIGHTS,
  RIGHTS,
  rightsOf,
  ROLES,
  type Permission,
  type Role,
} from "./permissions";

const CUSTOMER = "0198a000-0000-7000-8000-000000000000";
const OTHER = "0198a000-0000-7000-8000-000000000001";
const changes = RIGHTS.filter((right) => !/:(read|export|check-balance)$/.test(right));

describe("the table of rights", () => {
  test("gives nobody of a customer's what is about the whole platform", () => {
    for (const role of ROLES)
      for (const right of rightsOf(role, CUSTOMER))
        expect(PERMISSIONS[right].reach, `${role} ${right}`).toBe("customer");
    for (const right of ACCESS_KEY_RIGHTS) expect(PERMISSIONS[right].reach, right).toBe("customer");
  });

  test("gives a customer's people nothing that the same role lacks platform-wide", () => {
    for (const role of ROLES)
      for (const right of rightsOf(role, CUSTOMER)) expect(rightsOf(role, null)).toContain(right);
  });

  test("lets support change nothing but retry a job and acknowledge an alarm, and those who look after bills read", () => {
    expect(changes.filter((right) => rightsOf("support", null).has(right))).toEqual([
      "registration:acknowledge",
      "job:retry",
    ]);
    expect([...rightsOf("billing-read", null)]).toEqual(["customer:read", "customer:check-balance", "customer:export"]);
  });

  test("lets no program near people's accounts", () => {
    expect([...ACCESS_KEY_RIGHTS].filter((right) => right.startsWith("admin:"))).toEqual([]);
  });

  test("leaves no right that only people could have to nobody", () => {
    const unheld = RIGHTS.filter((right) => (PERMISSIONS[right] as Permission).holders.length === 0);
    expect(unheld).toEqual(["access-key:verify", "extension:secret", "trunk:secret"]);
    expect([...PLATFORM_RIGHTS]).toEqual(RIGHTS);
  });
});

describe("nobody grants more than he has:", () => {
  const grants = (role: Role, customerId: string | null) =>
    [null, CUSTOMER, OTHER].flatMap((target) =>
      ROLES.filter((each) => coversRole({ rights: rightsOf(role, customerId), customerId }, each, target)).map(
        (each) => `${each} of ${target === null ? "all" : target === CUSTOMER ? "one" : "another"}`,
      ),
    );
  test("an owner grants everything", () => expect(grants("owner", null)).toHaveLength(12));
  test("an admin grants everything but an owner's role", () =>
    expect(grants("admin", null)).toEqual([
      "admin of all",
      "support of all",
      "billing-read of all",
      "admin of one",
      "support of one",
      "billing-read of one",
      "admin of another",
      "support of another",
      "billing-read of another",
    ]));
  test("a customer's owner grants roles for that customer alone", () =>
    expect(grants("owner", CUSTOMER)).toEqual([
      "owner of one",
      "admin of one",
      "support of one",
      "billing-read of one",
    ]));
});

test("a role that is not known is none", () => {
  expect(isRole("customer_admin")).toBe(false);
  expect(isRole("constructor")).toBe(false);
});
