import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { uuidText } from "@/server/kernel/ids";
import { decodeCursor, countTotal, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { selectRows } from "@/server/kernel/statements-run";
import { inTransaction } from "@/server/kernel/transaction";
import { sql } from "drizzle-orm";
import { endpointKey } from "../contact/repository";
import { getExtension } from "../extension/list";
import { readEndpoint } from "./names";
import { idBytes } from "./sampling";
import {
  acknowledgeAlarmInput,
  listAlarmsInput,
  type AcknowledgeAlarmInput,
  type ListAlarmsInput,
  type RegistrationAlarmView,
} from "./schemas";

type Row = [
  id: Buffer,
  customerId: Buffer | null,
  endpoint: string,
  kind: RegistrationAlarmView["kind"],
  before: string,
  after: string,
  times: number,
  tmCreate: string,
  tmLast: string,
  tmAcknowledge: string | null,
  acknowledgedBy: string | null,
];
const FIELDS =
  "id, customer_id, endpoint, kind, `before`, `after`, times, cast(tm_create as char), cast(tm_last as char), cast(tm_acknowledge as char), acknowledged_by";

const toView = (row: Row): RegistrationAlarmView => ({
  id: uuidText(row[0]),
  customerId: row[1] === null ? null : uuidText(row[1]),
  endpointId: row[2],
  extension: readEndpoint(row[2]).extension,
  kind: row[3],
  before: row[4],
  after: row[5],
  times: Number(row[6]),
  tmCreate: row[7],
  tmLast: row[8],
  tmAcknowledge: row[9] ?? "",
  acknowledgedBy: row[10] ?? "",
});

const UUID_HEX = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A page of alarms, newest first. @throws DomainError NOT_FOUND for an extension that is not to be seen */
export async function listRegistrationAlarms(
  ctx: Context,
  input: ListAlarmsInput,
): Promise<Page<RegistrationAlarmView>> {
  authorize(ctx, "registration:read");
  const { filter, cursor, size } = parseInput(listAlarmsInput, input);
  const extension = filter.extensionId === undefined ? null : await getExtension(ctx, { id: filter.extensionId });
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && UUID_HEX.test(decoded.id) ? decoded : null;
  const where: string[] = ["is_open = ?"];
  const params: unknown[] = [filter.acknowledged === true ? 0 : 1];
  const add = (condition: string, value: unknown): void => void (where.push(condition), params.push(value));
  if (!ctx.tenant.all) add("customer_id = ?", idBytes(ctx.tenant.customerId));
  if (filter.customerId !== undefined) add("customer_id = ?", idBytes(filter.customerId));
  if (extension !== null) add("endpoint = ?", endpointKey(extension.endpointId));
  const matching = { sql: `from admin_registration_alarms where ${where.join(" and ")}`, params: [...params] };
  const back = at?.back ?? false;
  if (at !== null) add(`id ${back ? ">" : "<"} ?`, idBytes(at.id));
  const [rows, total] = await Promise.all([
    selectRows<Row>(ctx.db, {
      sql: `select ${FIELDS} from admin_registration_alarms where ${where.join(" and ")} order by id ${back ? "asc" : "desc"} limit ?`,
      params: [...params, size + 1],
    }),
    countTotal(async (most) => {
      const [row] = await selectRows<[number]>(ctx.db, {
        sql: `select count(*) from (select 1 ${matching.sql} limit ?) as matching`,
        params: [...matching.params, most],
      });
      return Number(row?.[0] ?? 0);
    }),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row[7],
    id: (row) => uuidText(row[0]),
    view: toView,
    total,
  });
}

const alarmNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "ALARM_NOT_FOUND", "There is no such alarm, or no more.");

/** Says that somebody has seen an alarm; what follows raises a new one. Repeating it changes nothing. @throws DomainError NOT_FOUND */
export async function acknowledgeRegistrationAlarm(
  ctx: Context,
  input: AcknowledgeAlarmInput,
): Promise<RegistrationAlarmView> {
  authorize(ctx, "registration:acknowledge");
  const { id } = parseInput(acknowledgeAlarmInput, input);
  return await inTransaction(ctx, async (tx) => {
    const query = await tx.query();
    const whose = ctx.tenant.all ? sql`` : sql` and customer_id = ${idBytes(ctx.tenant.customerId)}`;
    await query.execute(sql`select id from admin_registration_alarms where id = ${idBytes(id)}${whose} for update`);
    const [row] = await selectRows<Row>(ctx.db, {
      sql: `select ${FIELDS} from admin_registration_alarms where id = ?${ctx.tenant.all ? "" : " and customer_id = ?"}`,
      params: [idBytes(id), ...(ctx.tenant.all ? [] : [idBytes(ctx.tenant.customerId)])],
    });
    if (row === undefined) throw alarmNotFound();
    const before = toView(row);
    if (before.tmAcknowledge !== "") return before;
    const after = { ...before, tmAcknowledge: tx.now, acknowledgedBy: ctx.actor.name };
    tx.write({
      sql: "update admin_registration_alarms set tm_acknowledge = ?, acknowledged_by = ? where id = ?",
      params: [tx.now, ctx.actor.name.slice(0, 255), idBytes(id)],
    });
    const { kind, endpointId } = before;
    audit(ctx, tx, {
      action: "registration-alarm.acknowledge",
      resourceType: "registration-alarm",
      resourceId: id,
      customerId: before.customerId,
      after: { kind, endpointId, before: before.before, after: before.after },
    });
    return after;
  });
}
