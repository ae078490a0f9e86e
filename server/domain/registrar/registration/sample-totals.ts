import { runStatement, selectRows } from "@/server/kernel/statements-run";
import { customerOf, idBytes, SAMPLE_BATCH, type Sampling } from "./sampling";

/**
 * Writes how many numbers of each customer are registered: where that has changed, and once a day for all who have any, so
 * that nobody has to read back farther than a day.
 */
export async function writeTotals(
  { connection, minute }: Sampling,
  present: ReadonlySet<string>,
  changed: readonly string[],
): Promise<void> {
  const midnight = `${minute.slice(0, 10)} 00:00:00.000000`;
  const today = await selectRows(connection, {
    sql: "select 1 from admin_registration_samples where tm >= ? limit 1",
    params: [midnight],
  });
  const counts = new Map<string, number>();
  for (const endpoint of present) {
    const customerId = customerOf(endpoint);
    if (customerId !== null) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  }
  const concerned = new Set(changed.flatMap((endpoint) => customerOf(endpoint) ?? []));
  if (today.length === 0) for (const customerId of counts.keys()) concerned.add(customerId);
  const rows = [...concerned].map((customerId) => [idBytes(customerId), minute, counts.get(customerId) ?? 0]);
  for (let i = 0; i < rows.length; i += SAMPLE_BATCH)
    await runStatement(connection, {
      sql: "insert into admin_registration_totals (customer_id, tm, registered) values ?",
      params: [rows.slice(i, i + SAMPLE_BATCH)],
    });
}
