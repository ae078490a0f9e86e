import { afterAll, beforeAll, expect, it } from "vitest";
import { addSeconds, formatTime } from "@/server/kernel/clock";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createCustomer, customerGrowth } from ".";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation();
});
afterAll(() => installation.drop());

/** The same day for all of the file: a midnight may pass meanwhile. */
const NOW = formatTime(Date.now());
const now = (): string => NOW;

async function madeDaysAgo(days: number): Promise<string> {
  const ctx = installation.context();
  const { id } = await createCustomer(ctx, { email: anEmail() });
  await installation.rows("update customer_customers set tm_create = ? where id = unhex(replace(?, '-', ''))", [
    addSeconds(NOW, -days * 86_400),
    id,
  ]);
  return id;
}

const countsOf = async (days: 30 | 90): Promise<(number | null)[]> =>
  (await customerGrowth(installation.context({ now }), { days })).days.map(({ count }) => count);

it("customers are counted by the day they were created on, and a day that is over is read once", async () => {
  for (const days of [0, 0, 1, 29, 30, 89, 90]) await madeDaysAgo(days);
  const month = await countsOf(30);
  expect(month).toHaveLength(30);
  expect([month[0], month[1], month.at(-2), month.at(-1)]).toEqual([1, 0, 1, 2]);
  const quarter = await countsOf(90);
  expect([quarter[0], quarter[59], quarter.at(-1)]).toEqual([1, 1, 2]);

  await installation.rows("update admin_daily_counts set count = 7 where count = 1");
  await madeDaysAgo(0);
  expect((await countsOf(90))[0]).toBe(7); // it was kept
  expect((await countsOf(30)).at(-1)).toBe(3); // today is counted anew
});

it("whoever belongs to one customer sees that one alone", async () => {
  const id = await madeDaysAgo(3);
  const { days } = await customerGrowth(installation.context({ now, tenant: { all: false, customerId: id } }), {
    days: 30,
  });
  expect(days.map(({ count }) => count).filter((count) => count !== 0)).toEqual([1]);
  expect(days.at(-4)?.count).toBe(1);
});
