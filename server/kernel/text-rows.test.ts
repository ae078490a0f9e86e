import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerCustomers as customers } from "@/db/bin/schema/customer";
import { createCustomer } from "@/server/domain/customer";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { qb } from "./list-reads";
import { bound } from "./prepared";
import { TextRows } from "./text-rows";

let installation: TestInstallation;
beforeAll(async () => void (installation = await openTestInstallation()));
afterAll(() => installation.drop());

const rows = new TextRows({
  id: customers.id,
  name: customers.name,
  detail: customers.detail,
  webhook: customers.webhookUri,
});
const read = (id: string): Promise<string[][]> =>
  rows.rows(
    installation.db,
    "one",
    (fields) =>
      qb
        .select(fields)
        .from(customers)
        .where(eq(customers.id, bound(customers.id, "id"))),
    { id },
  );

test.each([
  ["as it is", "Zürich 電話 📞", "two\nlines"],
  ["that holds what separates the values of a row", "a\u001fb", "\u001f\u001f"],
  ["that is empty", "", ""],
])("a text %s is read as it was written", async (_, name, detail) => {
  const { id } = await createCustomer(installation.context(), { name, detail, email: anEmail() });
  expect(await read(id)).toEqual([[id.replaceAll("-", ""), name, detail, ""]]);
});

test("NULLs are empty texts", async () => {
  const { id } = await createCustomer(installation.context(), { email: anEmail() });
  await installation.rows(
    "update customer_customers set name = null, webhook_uri = null where id = unhex(replace(?, '-', ''))",
    [id],
  );
  expect(await read(id)).toEqual([[id.replaceAll("-", ""), "", "", ""]]);
});
