import type * as z from "zod";
import { listAudit } from "@/server/domain/audit";
import { listAuditInput } from "@/server/domain/audit/schemas";
import { listAccessKeys, listCustomers } from "@/server/domain/customer";
import { listAccessKeysInput, listCustomersInput } from "@/server/domain/customer/schemas";
import { listJobResults } from "@/server/domain/jobs";
import { jobResultsInput } from "@/server/domain/jobs/schemas";
import { listExtensions, listTrunks } from "@/server/domain/registrar";
import { listExtensionsInput, listTrunksInput } from "@/server/domain/registrar/schemas";
import { NOT_SET } from "@/server/kernel/clock";
import { NIL_UUID } from "@/server/kernel/ids";
import type { Context } from "@/server/kernel/context";
import type { Page } from "@/server/kernel/pagination";
import type { Right } from "@/server/kernel/permissions";

interface Column<Row> {
  /** Of the table in the console, whose choice of columns can be asked for. */
  column: string;
  header: string;
  value: (row: Row) => string;
}

/** A list that can be had as CSV: the rows of its verb, page by page. */
export interface ExportedList<Row = unknown> {
  right: Right;
  resource: "customer" | "access-key" | "job" | "audit" | "extension" | "trunk";
  input: z.ZodType<{ cursor?: string; size: number }>;
  page(ctx: Context, input: { cursor?: string; size: number }): Promise<Page<Row>>;
  columns: readonly Column<Row>[];
}

/** A time as spreadsheets read it, UTC; empty for one that has not come. */
const time = (value: string): string => (value === "" || value === NOT_SET ? "" : value.slice(0, 19));
const id = (value: string | null): string => (value === null || value === NIL_UUID ? "" : value);
const json = (value: unknown): string => (value === null || value === undefined ? "" : JSON.stringify(value));

const list = <Row, Schema extends z.ZodType<{ cursor?: string; size: number }>>(
  right: Right,
  resource: ExportedList["resource"],
  input: Schema,
  page: (ctx: Context, input: z.output<Schema>) => Promise<Page<Row>>,
  columns: readonly (readonly [column: string, header: string, value: (row: Row) => string])[],
): ExportedList =>
  ({
    right,
    resource,
    input,
    page,
    columns: columns.map(([column, header, value]) => ({ column, header, value })),
  }) as unknown as ExportedList;

/** What there is at /api/export/<name>. */
export const EXPORTS: Readonly<Record<string, ExportedList>> = {
  customers: list("customer:export", "customer", listCustomersInput, listCustomers, [
    ["id", "id", (row) => row.id],
    ["name", "name", (row) => row.name],
    ["name", "email", (row) => row.email],
    ["status", "deleted", (row) => time(row.tmDelete)],
    ["phone", "phoneNumber", (row) => row.phoneNumber],
    ["address", "address", (row) => row.address],
    ["webhook", "webhookMethod", (row) => row.webhookMethod],
    ["webhook", "webhookUri", (row) => row.webhookUri],
    ["billing", "billingAccountId", (row) => id(row.billingAccountId)],
    ["created", "created", (row) => time(row.tmCreate)],
    ["changed", "changed", (row) => time(row.tmUpdate)],
    ["detail", "detail", (row) => row.detail],
  ]),
  "access-keys": list("access-key:export", "access-key", listAccessKeysInput, listAccessKeys, [
    ["id", "id", (row) => row.id],
    ["customer", "customerId", (row) => row.customerId],
    ["name", "name", (row) => row.name],
    ["name", "detail", (row) => row.detail],
    ["token", "tokenPrefix", (row) => row.token],
    ["used", "used", (row) => time(row.tmUsed)],
    ["used", "usedIp", (row) => row.usedIp],
    ["used", "usedAgent", (row) => row.usedAgent],
    ["expires", "expires", (row) => time(row.tmExpire)],
    ["created", "created", (row) => time(row.tmCreate)],
    ["status", "revoked", (row) => time(row.tmDelete)],
  ]),
  // Passwords are in none of these: the verbs leave them out for people.
  extensions: list("extension:export", "extension", listExtensionsInput, listExtensions, [
    ["id", "id", (row) => row.id],
    ["customer", "customerId", (row) => row.customerId],
    ["number", "extension", (row) => row.extension],
    ["number", "name", (row) => row.name],
    ["number", "detail", (row) => row.detail],
    ["address", "username", (row) => row.username],
    ["address", "realm", (row) => row.realm],
    ["created", "created", (row) => time(row.tmCreate)],
    ["created", "changed", (row) => time(row.tmUpdate)],
    ["created", "deleted", (row) => time(row.tmDelete)],
  ]),
  trunks: list("trunk:export", "trunk", listTrunksInput, listTrunks, [
    ["id", "id", (row) => row.id],
    ["customer", "customerId", (row) => row.customerId],
    ["domain", "domainName", (row) => row.domainName],
    ["domain", "name", (row) => row.name],
    ["domain", "detail", (row) => row.detail],
    ["auth", "authTypes", (row) => row.authTypes.join(" ")],
    ["auth", "username", (row) => row.username],
    ["addresses", "allowedIps", (row) => row.allowedIps.join(" ")],
    ["realm", "realm", (row) => row.realm],
    ["created", "created", (row) => time(row.tmCreate)],
    ["created", "changed", (row) => time(row.tmUpdate)],
    ["created", "deleted", (row) => time(row.tmDelete)],
  ]),
  audit: list("audit:export", "audit", listAuditInput, listAudit, [
    ["time", "id", (row) => row.id],
    ["time", "time", (row) => row.tmCreate],
    ["actor", "actorType", (row) => row.actorType],
    ["actor", "actorName", (row) => row.actorName],
    ["actor", "actorId", (row) => row.actorId],
    ["action", "action", (row) => row.action],
    ["resource", "resourceType", (row) => row.resourceType],
    ["resource", "resourceId", (row) => row.resourceId],
    ["customer", "customerId", (row) => id(row.customerId)],
    ["action", "before", (row) => json(row.before)],
    ["action", "after", (row) => json(row.after)],
    ["time", "requestId", (row) => row.requestId],
    ["ip", "ip", (row) => row.ip],
    ["ip", "userAgent", (row) => row.userAgent],
  ]),
  "job-results": list("job:read", "job", jobResultsInput, listJobResults, [
    ["seq", "row", (row) => String(row.seq + 1)],
    ["record", "id", (row) => row.itemId],
    ["record", "name", (row) => row.label],
    ["customer", "customerId", (row) => id(row.customerId)],
    ["result", "result", (row) => row.state],
    ["message", "reason", (row) => row.reason],
    ["message", "message", (row) => row.message],
    ["time", "time", (row) => time(row.tmUpdate)],
  ]),
};
