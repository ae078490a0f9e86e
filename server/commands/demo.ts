import {
  createAccessKey,
  createCustomer,
  deleteCustomer,
  listCustomersBefore,
  setBillingAccount,
} from "@/server/domain/customer";
import { commandContext } from "@/server/cli/command";
import { openCommandRuntime } from "@/server/container";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { addSip } from "./demo-sip";
import { formatTime, isSet, parseTime } from "@/server/kernel/clock";
import { ConfigError, loadConfig } from "@/server/platform/config";

/** Marks what is demo data, for people and for its removal; `.example` addresses can never be real. */
const MARK = "Demo data";
const DOMAIN = "demo.example";

const CUSTOMERS: readonly [name: string, detail: string, keys: readonly string[], webhook: boolean][] = [
  ["Northwind Telecom", "Wholesale voice, two data centres", ["CI deploy", "CRM sync", "Billing export"], true],
  ["Acme Dental Group", "Eleven practices, one switchboard", ["Appointment reminders"], true],
  ["Kestrel Logistics", "Dispatch lines for 340 drivers", ["Dispatch", "Driver app"], true],
  ["Harbor Credit Union", "Recorded lines, EU region", ["Contact centre"], true],
  ["Larkspur Media", "Call-in shows", [], false],
  ["Bluefin Hotels", "Front desks in nine cities", ["PMS bridge", "Wake-up calls"], true],
  ["Pinecrest Schools", "Absence hotline", ["Student portal"], true],
  ["Vantage Clinics", "Telehealth and triage", ["Triage bot", "On-call rota"], true],
  ["Tallinn Taxi", "Takso 24/7", ["Booking"], false],
  ["Meridian Insurance", "Claims by phone", ["Claims intake", "Fraud screening"], true],
  ["株式会社サンプル", "カスタマーサポート", ["本番", "検証"], true],
  ["Zürcher Klinik", "Notfallnummer", ["Leitstelle"], true],
  ["O'Brien & Sons", "Family business since 1954", [], false],
  ["Café Ünïcode ☕", "Reservations by phone", ["Reservations 🍽️"], true],
];

/** When each of them was made, in days ago: a history to look at. */
const DAYS_AGO = [88, 77, 66, 61, 52, 47, 40, 33, 30, 21, 16, 9, 4, 1];
const DAY_MS = 86_400_000;

/** A context in which it is so many days earlier. */
function earlier(context: Context, days: number): Context {
  return { ...context, now: () => formatTime(parseTime(context.now()) - days * DAY_MS) };
}

async function add(present: () => Context): Promise<number> {
  let made = 0;
  for (const [at, [name, detail, keys, webhook]] of CUSTOMERS.entries()) {
    const context = () => earlier(present(), DAYS_AGO[at] ?? 0);
    try {
      const customer = await createCustomer(context(), {
        name,
        detail: `${MARK}. ${detail}`,
        email: `ops${at}@${DOMAIN}`,
        phoneNumber: `+1555010${String(at).padStart(4, "0")}`,
        address: `${at + 1} Example Street`,
        webhookMethod: webhook ? "POST" : "",
        webhookUri: webhook ? `https://hooks.${DOMAIN}/${at}` : "",
      });
      if (at % 4 !== 3) await setBillingAccount(context(), { id: customer.id, billingAccountId: newId() });
      await addSip(context, customer.id, at, MARK);
      for (const key of keys)
        await createAccessKey(context(), {
          customerId: customer.id,
          name: key,
          detail: MARK,
          expire: (30 + at * 25) * 86_400,
        });
      made++;
    } catch (error) {
      if (!isDomainError(error) || error.code !== "CONFLICT") throw error; // it is there already
    }
  }
  return made;
}

async function remove(context: () => Context): Promise<number> {
  let removed = 0;
  for (const at of CUSTOMERS.keys()) {
    for (const customer of await listCustomersBefore(context(), {
      filter: { email: `ops${at}@${DOMAIN}`, deleted: false },
      before: null,
      size: 100,
    })) {
      if (!customer.detail.startsWith(MARK) || isSet(customer.tmDelete)) continue;
      await deleteCustomer(context(), { id: customer.id });
      removed++;
    }
  }
  return removed;
}

async function main(): Promise<void> {
  const { runtime, close } = await openCommandRuntime("demo", loadConfig("cli"));
  const context = () => commandContext("demo", runtime); // one for each change: its receipt is good for one
  try {
    if (process.argv.includes("--remove"))
      process.stdout.write(`${await remove(context)} demo customers deleted, with what is theirs\n`);
    else process.stdout.write(`${await add(context)} demo customers added; npm run demo:remove deletes them\n`);
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `Error: ${error instanceof ConfigError || isDomainError(error) ? error.message : "demo data could not be changed; is the database migrated?"}\n`,
  );
  process.exitCode = 1;
});
