import fc from "fast-check";

const ID = "5b1c9f04-7d2e-4c3a-9a51-0c6e2f7d8b90";

/** Texts that break what is not careful. */
export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " ",
  "@",
  "x@",
  "@x",
  "a@b@c",
  "a..b@c.example",
  "\0",
  "a\0b",
  "\u0001\u001b[31m\u007f\u0085\u2028\u2029\ufeff",
  "😀".repeat(300),
  "👩‍👩‍👧 عربى 株式会社 Zürcher",
  "\ud800",
  "\udc00\ud800",
  "' or 1=1 -- ",
  '"; drop table customer_customers; -- ',
  "\\",
  "\\'",
  "%",
  "_",
  "?",
  ":id",
  "${jndi:ldap://x}",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "x".repeat(100_000),
  "😀".repeat(50_000),
  "null",
  "9999-01-01 00:00:00.000000",
  "0000-00-00 00:00:00",
  "javascript:alert(1)",
  "http://",
  "http://[::1",
  "https://user:password@host.example/%zz",
  ID,
  ID.toUpperCase(),
  `{${ID}}`,
  `urn:uuid:${ID}`,
  ID.replaceAll("-", ""),
  "00000000-0000-0000-0000-000000000000",
];

const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e9,
  1e308,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { toString: 1 },
  { __proto__: null },
  JSON.parse('{"__proto__":{"name":"polluted","email":"polluted@x.example"}}'),
];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 50 }),
);
const value = fc.oneof(fc.constantFrom(...HOSTILE_VALUES), text, fc.jsonValue({ maxDepth: 4 }), fc.double());

const FIELDS = [
  "id",
  "customer_id",
  "billing_account_id",
  "name",
  "detail",
  "email",
  "phone_number",
  "address",
  "webhook_method",
  "webhook_uri",
  "token",
  "expire",
  "deleted",
  "reference_type",
  "country",
  "count",
  "NAME",
  "Email",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "password_hash",
];

/** Keys are set as a JSON text sets them, `__proto__` among them. */
const record = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...FIELDS), fc.string({ maxLength: 20 })), value), { maxLength: 8 })
  .map((entries) => `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`).join(",")}}`);

/** A body as JSON text, with equal keys now and then; undefined for none. */
export const hostileData: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 6, arbitrary: record },
  { weight: 2, arbitrary: value.map(toJson) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const path = fc.oneof(
  fc.constantFrom("/v1/customers", "/v1/accesskeys"),
  fc
    .tuple(
      fc.constantFrom("/v1/customers/", "/v1/accesskeys/", "/x/v1/customers/", "v1/customers/", "//v1/customers/"),
      fc.oneof(fc.constantFrom(ID, ID.toUpperCase(), `{${ID}}`, `${ID}%00`, "..", `../${ID}`, "%2e%2e", ""), fc.uuid()),
      fc.constantFrom("", "/", "/billing_account_id", "/is_valid_balance", "/..", "%00", "/is_valid_balance/"),
    )
    .map((parts) => parts.join("")),
  text,
);
const query = fc.oneof(
  fc.constant(""),
  fc
    .tuple(
      fc.constantFrom("page_size", "page_token", "PAGE_SIZE", "page_size[]", "x", "/v1/customers"),
      fc.oneof(fc.constantFrom("0", "-1", "1e9", "1000000000", "+5", "%", "%00", "NaN", "9".repeat(400)), text),
    )
    .map(([name, each]) => `?${name}=${each}`),
  fc.constantFrom(`?/v1/customers/${ID}`, "?", "??", "?&&&=&=", `?${"a=b&".repeat(2_000)}`),
);

/** A request to one of the routes, or nearly one. */
export const hostileEnvelope: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE") }, { weight: 1, arbitrary: text }),
    path,
    query,
    hostileData,
  )
  .map(
    ([method, at, asked, data]) =>
      `{"uri":${JSON.stringify(at + asked)},"method":${JSON.stringify(method)},"publisher":"a-sibling","data_type":"application/json"${data === undefined ? "" : `,"data":${data}`}}`,
  );

/** Envelopes whose own fields have any type and any spelling. */
export const oddEnvelope: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom("uri", "URI", "method", "Method", "publisher", "data_type", "data", "extra", "__proto__"),
      fc.oneof(value, fc.constantFrom("/v1/customers?page_size=1", "GET")),
    ),
    { maxLength: 7 },
  )
  .map((entries) => `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`).join(",")}}`);

function toJson(each: unknown): string {
  if (typeof each === "number" && !Number.isFinite(each)) return each > 0 ? "1e999" : "-1e999";
  return JSON.stringify(each) ?? "null";
}

/** Whether a body is an envelope at all: a JSON object whose uri, method, publisher and data_type are texts or null. */
export function isEnvelope(body: Buffer): boolean {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return false;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, field]) =>
      !["uri", "method", "publisher", "data_type"].includes(key.toLowerCase()) ||
      field === null ||
      typeof field === "string",
  );
}
