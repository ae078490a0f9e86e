import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestInstallation } from "@/server/testing/installation";
import { createExtension } from "..";
import { asteriskText } from "./asterisk-text";
import { compareAccount, readAccount } from "./compare";
import { extensionPassword } from "../schemas";

describe("a text in Asterisk's tables", () => {
  test.each([
    ["secret-1", "secret-1"],
    ["a;b", "a^3Bb"],
    ["^3B", "^5E3B"],
    [" a b  ", "^20a b^20^20"],
    ["  ", "^20^20"],
    ["", ""],
  ])("%j is written as %j", (text, written) => {
    expect(asteriskText(text)).toBe(written);
  });

  test("a password is refused where it would not fit any more", () => {
    expect(extensionPassword.safeParse("x".repeat(80)).success).toBe(true);
    expect(extensionPassword.safeParse(`${"x".repeat(77)};`).success).toBe(true);
    const refused = extensionPassword.safeParse(`${"x".repeat(78)};`);
    expect(refused.error?.issues[0]?.message).toContain("count three");
  });

  test("an account with such a password is not taken for one with another", async () => {
    const installation = await openTestInstallation({}, { sip: true });
    const asterisk = installation.runtime.asterisk;
    if (asterisk === null) throw new Error("no database");
    const input = { customerId: randomUUID(), extension: "1001", password: " a;b^c" };
    const { extension } = await createExtension(installation.context(), input);
    const found = await readAccount(asterisk, extension.endpointId);
    expect(compareAccount({ ...extension, password: input.password }, found)).toEqual([]);
    expect(compareAccount({ ...extension, password: " a" }, found)).toMatchObject([{ wrong: "credential" }]);
    await installation.drop();
  });
});
