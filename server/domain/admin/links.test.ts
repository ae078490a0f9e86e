import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argon2Passwords } from "@/server/auth/passwords";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { reasonOf } from "@/server/testing/reason";
import { acceptLink, createSetupLink, getLink } from ".";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({ passwords: argon2Passwords })));
afterAll(() => installation.drop());

const PASSWORD = "correct horse battery";
describe("the first admin", () => {
  test("comes by a one-time link that works once, and after which there are no more", async () => {
    const ctx = () => installation.context();
    const earlier = await createSetupLink(ctx());
    const token = (await createSetupLink(ctx())) ?? "";
    expect((await getLink(ctx(), { token: earlier ?? "" })).valid).toBe(false);
    expect(await getLink(ctx(), { token })).toEqual({ purpose: "setup", email: null, name: "", valid: true });
    expect(JSON.stringify(await installation.rows("select * from admin_links"))).not.toContain(token);

    const accept = () => acceptLink(ctx(), { token, name: "Ada", email: "ada@admin.example", password: PASSWORD });
    expect(
      await reasonOf(acceptLink(ctx(), { token, name: "Ada", email: "ada@admin.example", password: "short" })),
    ).toBe("INVALID_INPUT");
    const results = await Promise.all([reasonOf(accept()), reasonOf(accept()), reasonOf(accept())]);
    expect(results.sort()).toEqual(["LINK_NOT_VALID", "LINK_NOT_VALID", "done"]);
    expect(await createSetupLink(ctx())).toBeNull();
    expect(JSON.stringify(await installation.rows("select * from admin_users"))).not.toContain(PASSWORD);
  });
});
