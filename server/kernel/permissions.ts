/** Who may do what: the one table, for verbs, procedures and pages alike. */
export const RIGHTS = [
  "customer:read",
  "customer:create",
  "customer:update",
  "customer:delete",
  "customer:restore",
  "customer:billing",
  "customer:check-balance",
  "access-key:read",
  "access-key:create",
  "access-key:update",
  "access-key:rotate",
  "access-key:revoke",
  "access-key:verify",
  "audit:read",
  "job:read",
  "job:retry",
  "health:read",
  "dead-letter:read",
  "dead-letter:replay",
  "admin:read",
  "admin:manage",
] as const;
export type Right = (typeof RIGHTS)[number];

export const ROLES = ["owner", "admin", "support", "customer_admin"] as const;
export type Role = (typeof ROLES)[number];

const SUPPORT: readonly Right[] = ["customer:read", "access-key:read", "audit:read", "job:read", "health:read"];
const TENANT: readonly Right[] = [
  "customer:read",
  "customer:update",
  "customer:check-balance",
  "access-key:read",
  "access-key:create",
  "access-key:update",
  "access-key:rotate",
  "access-key:revoke",
  "audit:read",
  "job:read",
];
const ADMIN: readonly Right[] = RIGHTS.filter((right) => right !== "admin:manage");

const BY_ROLE: Record<Role, ReadonlySet<Right>> = {
  owner: new Set(RIGHTS),
  admin: new Set(ADMIN),
  support: new Set(SUPPORT),
  customer_admin: new Set(TENANT),
};

/** A customer's access key acts as that customer's admin (contract/customer.md §12.1). */
export const ACCESS_KEY_RIGHTS: ReadonlySet<Right> = new Set(TENANT);

/** Siblings and commands on the platform's own machines are trusted as they were by the original (contract/messaging.md §10.38). */
export const PLATFORM_RIGHTS: ReadonlySet<Right> = new Set(RIGHTS);

export function rightsOf(role: Role): ReadonlySet<Right> {
  return BY_ROLE[role];
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
