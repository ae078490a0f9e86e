import { expect, test } from "vitest";
import type { ExtensionRecord } from "../extension/repository";
import { settingsOf } from "./files";
import { extensionNumber, extensionPassword } from "../schemas";

const record = (over: Partial<ExtensionRecord> = {}): ExtensionRecord =>
  ({
    extension: "1001",
    name: "Front desk",
    realm: "5e4a0680-804e-11ec-8477-2fea5968d85b.registrar.voipbin.test",
    username: "1001",
    password: "k7Vw",
    ...over,
  }) as ExtensionRecord;
const plain = { transport: "udp", proxy: null } as const;

/** What RFC 3261 §25.1 lets stand in the user part and the password of a SIP URI. */
const URI =
  /^sip:((?:[\w.!~*'()&=+$,;?/-]|%[0-9A-F]{2})+):((?:[\w.!~*'()&=+$,-]|%[0-9A-F]{2})*)@([a-z0-9.-]+);transport=udp\n$/;

const TOGETHER = 40;
/** Passwords that hold every character that one may have. */
const passwords = (): string[] => {
  const allowed = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => extensionPassword.safeParse(character).success,
  );
  expect(allowed.length).toBeGreaterThan(60_000);
  return Array.from({ length: Math.ceil(allowed.length / TOGETHER) }, (_, index) =>
    allowed.slice(index * TOGETHER, (index + 1) * TOGETHER).join(""),
  );
};

test("the sip: form keeps every character that a password may have", () => {
  for (const password of passwords()) {
    const [, user, secret, domain] = URI.exec(settingsOf(record({ password }), plain).files.sip) ?? [];
    expect(decodeURIComponent(secret ?? "")).toBe(password);
    expect([user, domain]).toEqual(["1001", record().realm]);
  }
});

test("the sip: form keeps every character that an extension may have", () => {
  const extension = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
    .filter((character) => extensionNumber.safeParse(character).success)
    .slice(-40)
    .join("");
  expect(decodeURIComponent(URI.exec(settingsOf(record({ extension }), plain).files.sip)?.[1] ?? "")).toBe(extension);
});

test("the text says all that a phone is asked for", () => {
  const settings = settingsOf(record({ username: "desk" }), { transport: "tls", proxy: "sip.example.com:5061" });
  expect(settings.files.txt).toBe(
    [
      "Name: Front desk",
      `Server: ${record().realm}`,
      "User: 1001",
      "Authentication user: desk",
      "Password: k7Vw",
      "Transport: TLS",
      "Outbound proxy: sip.example.com:5061",
      "Register every: 3600 seconds",
      `Address: sip:1001:k7Vw@${record().realm};transport=tls`,
      "",
    ].join("\n"),
  );
  expect(settingsOf(record({ name: " " }), plain).files.txt).not.toMatch(/Name|Outbound/);
});
