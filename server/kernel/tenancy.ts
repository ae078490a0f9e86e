import { eq, type SQL } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";
import type { Tenant } from "./context";
import { bound } from "./prepared";

/** The records that a tenant may see. @param owner the column that says whose they are */
export const withinTenant = (tenant: Tenant, owner: MySqlColumn): SQL | undefined =>
  tenant.all ? undefined : eq(owner, tenant.customerId);

/** The same in a statement that is prepared once; its value comes with {@link tenantValue}. */
export const withinBoundTenant = (tenant: Tenant, owner: MySqlColumn): SQL | undefined =>
  tenant.all ? undefined : eq(owner, bound(owner, "tenant"));

/** What a prepared statement is given for its tenant. */
export const tenantValue = (tenant: Tenant): { tenant?: string } => (tenant.all ? {} : { tenant: tenant.customerId });

/** The part of a prepared statement's name that says whether it is a tenant's. */
export const tenantShape = (tenant: Tenant): string => (tenant.all ? "" : "tenant");
