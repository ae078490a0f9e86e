/** What an admin may be. Each role is held platform-wide, or for one customer. */
export const ROLES = ["owner", "admin", "support", "billing-read"] as const;
export type Role = (typeof ROLES)[number];

/** Who can hold a right: people by their role, and a customer's programs. */
export type Holder = Role | "access-key";
export const HOLDERS: readonly Holder[] = [...ROLES, "access-key"];

export interface Permission {
  holders: readonly Holder[];
  /** `customer`: also for those who belong to one customer, and then for that customer alone. `platform`: never for them. */
  reach: "customer" | "platform";
}

const customer = (...holders: Holder[]): Permission => ({ holders, reach: "customer" });
const platform = (...holders: Role[]): Permission => ({ holders, reach: "platform" });

/**
 * Who may do what: the one table, for verbs, procedures and pages alike. What is about the person himself (his name,
 * password, sessions, two-factor, saved views) needs no right. Siblings and commands have all of them.
 */
export const PERMISSIONS = {
  "customer:read": customer("owner", "admin", "support", "billing-read", "access-key"),
  "customer:create": platform("owner", "admin"),
  "customer:update": customer("owner", "admin", "access-key"),
  "customer:delete": platform("owner", "admin"),
  "customer:restore": platform("owner", "admin"),
  /** Which account of the billing-manager pays. */
  "customer:billing": platform("owner", "admin"),
  "customer:check-balance": customer("owner", "admin", "support", "billing-read", "access-key"),
  "customer:export": customer("owner", "admin", "support", "billing-read", "access-key"),

  "access-key:read": customer("owner", "admin", "support", "access-key"),
  "access-key:create": customer("owner", "admin", "access-key"),
  "access-key:update": customer("owner", "admin", "access-key"),
  "access-key:rotate": customer("owner", "admin", "access-key"),
  "access-key:revoke": customer("owner", "admin", "access-key"),
  "access-key:export": customer("owner", "admin", "support", "access-key"),
  /** Whose token is this: asked by siblings alone. */
  "access-key:verify": platform(),

  "extension:read": customer("owner", "admin", "support", "access-key"),
  "extension:create": customer("owner", "admin", "access-key"),
  "extension:update": customer("owner", "admin", "access-key"),
  "extension:delete": customer("owner", "admin", "access-key"),
  "extension:restore": customer("owner", "admin", "access-key"),
  "extension:export": customer("owner", "admin", "support", "access-key"),
  /** See the password of one, which is written down. */
  "extension:reveal": customer("owner", "admin"),
  /** Make a one-time address by which a phone fetches its settings, password included. */
  "extension:hand-over": customer("owner", "admin"),
  /** Passwords in what is read and changed: the platform's wire carries them, for siblings and commands alone. */
  "extension:secret": platform(),

  "trunk:read": customer("owner", "admin", "support", "access-key"),
  "trunk:create": customer("owner", "admin", "access-key"),
  "trunk:update": customer("owner", "admin", "access-key"),
  "trunk:delete": customer("owner", "admin", "access-key"),
  "trunk:restore": customer("owner", "admin", "access-key"),
  "trunk:export": customer("owner", "admin", "support", "access-key"),
  "trunk:reveal": customer("owner", "admin"),
  "trunk:secret": platform(),

  "registration:read": customer("owner", "admin", "support", "access-key"),
  /** Say that an alarm has been seen. */
  "registration:acknowledge": customer("owner", "admin", "support"),

  /** Differences between the SIP records and what Asterisk and Kamailio read. */
  "drift:read": platform("owner", "admin", "support"),
  "drift:repair": platform("owner", "admin"),

  "audit:read": customer("owner", "admin", "support", "access-key"),
  "audit:export": customer("owner", "admin", "support", "access-key"),

  "job:read": customer("owner", "admin", "support", "access-key"),
  "job:cancel": customer("owner", "admin", "access-key"),
  "job:retry": customer("owner", "admin", "support", "access-key"),

  "health:read": platform("owner", "admin", "support"),
  "dead-letter:read": platform("owner", "admin", "support"),
  "dead-letter:replay": platform("owner", "admin"),
  "dead-letter:discard": platform("owner", "admin"),

  "admin:read": customer("owner", "admin"),
  "admin:invite": customer("owner", "admin"),
  /** Name, role, and whose data he sees. */
  "admin:update": customer("owner", "admin"),
  /** Disable, enable, remove, and end sessions. */
  "admin:disable": customer("owner", "admin"),
  /** A link for a new password, which also takes away the second factor. */
  "admin:reset": customer("owner", "admin"),
  /** All of this for owners too: nobody touches who has more rights than he (see {@link coversRole}). */
  "admin:manage-owners": customer("owner"),
} as const satisfies Record<string, Permission>;

export type Right = keyof typeof PERMISSIONS;
export const RIGHTS = Object.keys(PERMISSIONS) as Right[];

function rightsIn(reach: readonly Permission["reach"][], holder: Holder): ReadonlySet<Right> {
  return new Set(
    RIGHTS.filter((right) => {
      const permission: Permission = PERMISSIONS[right];
      return permission.holders.includes(holder) && reach.includes(permission.reach);
    }),
  );
}

const byRole = (...reach: Permission["reach"][]): Record<Role, ReadonlySet<Right>> => ({
  owner: rightsIn(reach, "owner"),
  admin: rightsIn(reach, "admin"),
  support: rightsIn(reach, "support"),
  "billing-read": rightsIn(reach, "billing-read"),
});
const PLATFORM_WIDE = byRole("customer", "platform");
const OF_A_CUSTOMER = byRole("customer");

/** A customer's access key acts much as that customer's admin (contract/customer.md §12.1). */
export const ACCESS_KEY_RIGHTS: ReadonlySet<Right> = rightsIn(["customer"], "access-key");

/** Siblings and commands on the platform's own machines are trusted as they were by the original (contract/messaging.md §10.38). */
export const PLATFORM_RIGHTS: ReadonlySet<Right> = new Set(RIGHTS);

/** What a role allows. @param customerId the one customer for whom it is held; null for all */
export function rightsOf(role: Role, customerId: string | null): ReadonlySet<Right> {
  return (customerId === null ? PLATFORM_WIDE : OF_A_CUSTOMER)[role];
}

/**
 * Whether somebody has all that a role would give, and wherever it would: only then may he give or take it.
 * @param by his rights, and the one customer for whom he has them
 */
export function coversRole(
  by: { rights: ReadonlySet<Right>; customerId: string | null },
  role: Role,
  customerId: string | null,
): boolean {
  const within = by.customerId === null || by.customerId === customerId;
  return within && [...rightsOf(role, customerId)].every((right) => by.rights.has(right));
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
