import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { extensionToWire } from "../wire";
import { createExtension } from "./create";
import { listExtensionsAsJson, listExtensionsBefore } from "./list";

let installation: TestInstallation;
beforeAll(async () => void (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation.drop());

const page = (customerId: string) => ({ filter: { customerId }, before: null, size: 100 });

test.each([
  ["plain ones", "Desk", "at the door"],
  ["quotes and backslashes", 'the "big" one', "C:\\desk\\"],
  ["what looks like the next key", '","detail":"x', '"},{"id":"'],
  ["control characters", "two\nlines\tand\u0001\u001f", "\u007f\u0000"],
  ["other scripts", "Zürich 電話 📞 \u2028", "\ud83d\ude00 </script> & ' `"],
])("texts are the same in JSON of the server's as in ours: %s", async (_, name, detail) => {
  const customerId = randomUUID();
  for (const extension of ["1001", "1002"])
    await createExtension(installation.context(), { customerId, extension, name, detail, password: 'pw"\\;' });
  const wanted = (await listExtensionsBefore(installation.context(), page(customerId))).map(extensionToWire);
  expect(wanted).toHaveLength(2);
  expect(wanted[0]).toMatchObject({ name, detail, password: 'pw"\\;' });
  const json = await listExtensionsAsJson(installation.context(), page(customerId));
  expect(json.map((row) => JSON.parse(row) as unknown)).toEqual(wanted);
  expect(json.map((row) => Object.keys(JSON.parse(row) as object))).toEqual(wanted.map((row) => Object.keys(row)));
});

test("NULLs are empty texts, and who may not see passwords sees none", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(installation.context(), { customerId, extension: "1", password: "pw-1" });
  await installation.rows(
    "update registrar_extensions set name = null, realm = null where id = unhex(replace(?, '-', ''))",
    [extension.id],
  );
  const ctx = installation.context();
  const rights = new Set([...ctx.rights].filter((right) => right !== "extension:secret"));
  const [row] = await listExtensionsAsJson({ ...ctx, rights }, page(customerId));
  const [view] = await listExtensionsBefore({ ...ctx, rights }, page(customerId));
  if (row === undefined || view === undefined) throw new Error("no row");
  expect(JSON.parse(row)).toEqual(extensionToWire(view));
  expect(JSON.parse(row)).toMatchObject({ name: "", realm: "", password: "********" });
});
