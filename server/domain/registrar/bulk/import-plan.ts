import { and, eq, inArray } from "drizzle-orm";
import type * as z from "zod";
import { registrarExtensions as extensions, registrarTrunks as trunks } from "@/db/bin/schema/registrar";
import type { Context } from "@/server/kernel/context";
import { invalidInput, isDomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import type { RowFields } from "./import-fields";
import { unusableTrunk, type ImportKind } from "../limits";
import { createExtensionInput, createTrunkInput } from "../schemas";

// What a row of a file comes to. The rules are those of the verbs' schemas; whoever does it calls the verbs.

/** What is there already under a row's number or domain name. */
export interface Present {
  id: string;
  customerId: string;
  name: string;
  detail: string;
  password: string;
  authTypes?: readonly string[];
  username?: string;
  allowedIps?: readonly string[];
}
export type Wanted = z.output<typeof createExtensionInput> | z.output<typeof createTrunkInput>;
export type Wrong = { field: string; reason: string; message: string };
export type Plan = { verdict: "create" } | { verdict: "change"; changes: string[] } | { verdict: "unchanged" };

/** Under what a row is found again; the database compares without case. */
export const keyOf = (kind: ImportKind, { customerId = "", extension = "", domainName = "" }: RowFields): string =>
  kind === "extensions" ? `${customerId}/${extension.toLowerCase()}` : domainName.toLowerCase();

/** A row as the verb that creates wants it. @returns what is wrong with it, and how to mend it */
export function readWanted(kind: ImportKind, fields: RowFields): { wanted: Wanted } | { wrong: Wrong } {
  try {
    if (kind === "extensions") return { wanted: parseInput(createExtensionInput, fields) };
    const [authTypes, allowedIps] = [authTypesOf(fields), listOf(fields.allowedIps)];
    return { wanted: parseInput(createTrunkInput, { ...fields, authTypes, allowedIps }) };
  } catch (error) {
    return { wrong: wrongOf(error) };
  }
}

/** Why a trunk could never prove who it is, once it is made or changed as a row says; null where it can. */
export function unusable(kind: ImportKind, fields: RowFields, wanted: Wanted, present: Present | null): Wrong | null {
  if (kind === "extensions") return null;
  const after: Partial<Present> = present === null ? wanted : { ...present, ...said(fields, wanted) };
  const { authTypes = [], username = "", allowedIps = [] } = after;
  // An empty password is made up, or stays.
  const wrong = unusableTrunk({ authTypes, username, allowedIps, password: "some" });
  return wrong === null ? null : wrongOf(invalidInput(...wrong));
}

/** What the file says of the fields that it has. */
export const said = (fields: RowFields, wanted: Wanted): Partial<Present> =>
  Object.fromEntries(Object.entries(wanted).filter(([field]) => fields[field as keyof RowFields] !== undefined));

export function wrongOf(error: unknown): Wrong {
  if (!isDomainError(error)) throw error;
  const field = String(error.details?.field ?? "").split(".", 1)[0] ?? "";
  return { field, reason: error.reason, message: error.message };
}

const listOf = (text = ""): string[] => text.split(/[\s,;|]+/).filter((each) => each !== "");

/** Where nothing is said: what the other fields are there for. */
function authTypesOf({ authTypes, username = "", allowedIps = "" }: RowFields): string[] {
  const given = listOf(authTypes?.toLowerCase());
  if (given.length > 0) return given;
  return [...(username === "" ? [] : ["basic"]), ...(allowedIps === "" ? [] : ["ip"])];
}

/** Compares a row with what is there; a field that the file does not have stays. */
export function planOf(fields: RowFields, wanted: Wanted, present: Present | null): Plan {
  if (present === null) return { verdict: "create" };
  const changes: string[] = [];
  for (const [field, value] of Object.entries(wanted)) {
    const said = fields[field as keyof RowFields] !== undefined;
    const [was, is] = [textOf(present[field as keyof Present]), textOf(value)];
    if (said && field in present && is !== was && !(field === "password" && is === "")) changes.push(field);
  }
  return changes.length === 0 ? { verdict: "unchanged" } : { verdict: "change", changes };
}

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).sort().join(" ") : typeof value === "string" ? value : "";

const AT_ONCE = 500;

/** What is there already of these rows, by {@link keyOf}; of trunks also other customers', whose names are taken. */
export async function findPresent(
  ctx: Context,
  kind: ImportKind,
  rows: readonly RowFields[],
): Promise<Map<string, Present>> {
  const found = new Map<string, Present>();
  const groups = new Map<string, RowFields[]>();
  for (const row of rows) {
    const of = kind === "extensions" ? (row.customerId ?? "") : "";
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [row]);
    else group.push(row);
  }
  for (const [customerId, group] of groups) {
    for (let at = 0; at < group.length; at += AT_ONCE) {
      const page = group.slice(at, at + AT_ONCE);
      const present =
        kind === "extensions"
          ? await extensionsOf(
              ctx,
              customerId,
              page.map(({ extension = "" }) => extension.toLowerCase()),
            )
          : await trunksOf(
              ctx,
              page.map(({ domainName = "" }) => domainName.toLowerCase()),
            );
      for (const [key, each] of present) found.set(key, each);
    }
  }
  return found;
}

async function extensionsOf(ctx: Context, customerId: string, numbers: string[]): Promise<[string, Present][]> {
  if (!ctx.tenant.all && ctx.tenant.customerId !== customerId) return [];
  const rows = await ctx.db
    .select({
      id: extensions.id,
      extension: extensions.extension,
      name: extensions.name,
      detail: extensions.detail,
      password: extensions.password,
    })
    .from(extensions)
    .where(and(eq(extensions.customerId, customerId), inArray(extensions.extensionLive, numbers)));
  return rows.map(({ id, extension, name, detail, password }) => [
    `${customerId}/${(extension ?? "").trimEnd().toLowerCase()}`,
    { id, customerId, name: name ?? "", detail: detail ?? "", password: password ?? "" },
  ]);
}

async function trunksOf(ctx: Context, names: string[]): Promise<[string, Present][]> {
  const rows = await ctx.db.select().from(trunks).where(inArray(trunks.domainNameLive, names));
  return rows.map((row) => [
    (row.domainName ?? "").trimEnd().toLowerCase(),
    {
      id: row.id,
      customerId: row.customerId ?? "",
      name: row.name ?? "",
      detail: row.detail ?? "",
      password: row.password ?? "",
      authTypes: textsOf(row.authTypes),
      username: row.username ?? "",
      allowedIps: textsOf(row.allowedIps),
    },
  ]);
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
