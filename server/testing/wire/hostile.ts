import fc from "fast-check";
import { uriOf, walk, type Made, type Served, type Walked } from "./served";

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

const ODD_FIELDS = [
  "NAME",
  "Email",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "password_hash",
  "domain_id",
] as const;

/** Names that the routes of services read, and some that none does. */
export const fieldsOf = (...served: readonly Served[]): string[] => [
  ...new Set([...served.flatMap(walk).flatMap(({ fields = {} }) => Object.keys(fields)), ...ODD_FIELDS]),
];

/** A body as JSON text, with equal keys now and then; undefined for none. Keys are set as a JSON text sets them, `__proto__` among them. */
export function hostileData(fields: readonly string[]): fc.Arbitrary<string | undefined> {
  const record = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...fields), fc.string({ maxLength: 20 })), value), { maxLength: 8 })
    .map((entries) => `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`).join(",")}}`);
  return fc.oneof(
    { weight: 6, arbitrary: record },
    { weight: 2, arbitrary: value.map(toJson) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const id = fc.oneof(
  fc.constantFrom(ID, ID.toUpperCase(), `{${ID}}`, `${ID}%00`, "..", `../${ID}`, "%2e%2e", "", "%zz", "a%2Fb"),
  fc.uuid(),
  text,
);

/** Where a service is asked, or nearly there. */
function pathOf(served: Served): fc.Arbitrary<string> {
  const templates = [...new Set(walk(served).map(({ template }) => template))];
  const about = templates.filter((template) => /[:*]/.test(template));
  return fc.oneof(
    fc.constantFrom(...templates.filter((template) => !about.includes(template))),
    fc
      .tuple(
        fc.constantFrom("", "", "", "/x", "/"),
        fc.constantFrom(...about),
        id,
        fc.constantFrom("", "", "/", "/..", "%00"),
      )
      .map(([before, template, each, behind]) => before + template.replace(/[:*]\w+/, () => each) + behind),
    text,
  );
}
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

/** A request to one of a service's routes, or nearly one. */
export const hostileEnvelope = (served: Served): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE") },
        { weight: 1, arbitrary: text },
      ),
      pathOf(served),
      query,
      hostileData(fieldsOf(served)),
    )
    .map(
      ([method, at, asked, data]) =>
        `{"uri":${JSON.stringify(at + asked)},"method":${JSON.stringify(method)},"publisher":"a-sibling","data_type":"application/json"${data === undefined ? "" : `,"data":${data}`}}`,
    );

/** Envelopes whose own fields have any type and any spelling. */
export const oddEnvelope = (served: Served): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom("uri", "URI", "method", "Method", "publisher", "data_type", "data", "extra", "__proto__"),
        fc.oneof(
          value,
          fc.constantFrom("GET", ...walk(served).flatMap((route) => (route.filters === true ? [uriOf(route)] : []))),
        ),
      ),
      { maxLength: 7 },
    )
    .map((entries) => `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`).join(",")}}`);

/** A text in every place of a route where one can stand: its fields, its path, its page. */
export function placesFor(route: Walked, record: Made | undefined, each: string): [string, string, unknown][] {
  const { method, fields = {}, good, template } = route;
  const places: [string, string, unknown][] = Object.entries(fields).map(([field, kind]) => [
    method,
    uriOf(route, record),
    { ...good?.(), [field]: kind === "texts" ? [each] : each },
  ]);
  if (/[:*]/.test(template)) places.push([method, template.replace(/[:*]\w+/, () => each), good?.()]);
  if (template.includes("*"))
    places.push([method, template.replace(/\*\w+/, () => encodeURIComponent(Buffer.from(each).toString())), good?.()]);
  if (route.filters === true)
    for (const name of ["page_size", "page_token"]) places.push([method, `${template}?${name}=${each}`, {}]);
  return places;
}

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
