const PLACEHOLDER = /<(uuid|time|any|ignore)(?::(\d+))?>/g;
const SHAPES: Record<string, string> = {
  uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  time: "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}",
  any: "[\\s\\S]+",
  ignore: "[\\s\\S]*",
};

export interface CompareOptions {
  /** Keys besides the wanted ones are allowed, in any order. */
  subset?: boolean;
  /** Values that `<masked>` must not show. */
  secrets?: ReadonlySet<string>;
}

/** Compares a template with what came, and binds its placeholders. @returns the differences, in words */
export function compare(
  want: unknown,
  got: unknown,
  bound: Map<string, string>,
  path: string,
  options: CompareOptions = {},
): string[] {
  if (want === "<ignore>") return [];
  if (typeof want === "string") return compareText(want, got, bound, path, options);
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return [`${path}: want a list, got ${show(got)}`];
    if (want.length !== got.length)
      return [`${path}: want ${want.length} entries, got ${got.length}: ${show(got)}; want ${show(want)}`];
    return want.flatMap((each, i) => compare(each, got[i], bound, `${path}[${i}]`, options));
  }
  if (isRecord(want)) return compareRecord(want, got, bound, path, options);
  return Object.is(want, got) ? [] : [`${path}: want ${show(want)}, got ${show(got)}`];
}

function compareText(
  want: string,
  got: unknown,
  bound: Map<string, string>,
  path: string,
  { secrets }: CompareOptions,
): string[] {
  if (want === "<masked>")
    return typeof got === "string" && secrets?.has(got) !== true ? [] : [`${path}: a secret shows, or nothing at all`];
  if (typeof got !== "string") return [`${path}: want ${show(want)}, got ${show(got)}`];
  const { pattern, names } = toPattern(want, bound);
  const match = pattern.exec(got);
  if (match === null) return [`${path}: want ${show(fillBound(want, bound))}, got ${show(got)}`];
  for (const [i, name] of names.entries()) if (name !== null) bound.set(name, match[i + 1] ?? "");
  return [];
}

function toPattern(want: string, bound: ReadonlyMap<string, string>): { pattern: RegExp; names: (string | null)[] } {
  const names: (string | null)[] = [];
  let source = "";
  let end = 0;
  for (const match of want.matchAll(PLACEHOLDER)) {
    const [whole, kind = "", index] = match;
    source += escapeRegExp(want.slice(end, match.index));
    end = match.index + whole.length;
    const name = index === undefined ? null : `${kind}:${index}`;
    const known = name === null ? undefined : bound.get(name);
    if (known !== undefined) source += escapeRegExp(known);
    else {
      names.push(name);
      source += `(${SHAPES[kind] ?? ""})`;
    }
  }
  return { pattern: new RegExp(`^${source}${escapeRegExp(want.slice(end))}$`), names };
}

function compareRecord(
  want: Record<string, unknown>,
  got: unknown,
  bound: Map<string, string>,
  path: string,
  options: CompareOptions,
): string[] {
  if (!isRecord(got)) return [`${path}: want an object, got ${show(got)}`];
  const keys = Object.keys(want);
  const present = Object.keys(got);
  const lacking = keys.filter((key) => !present.includes(key));
  const extra = options.subset === true ? [] : present.filter((key) => !keys.includes(key));
  const out: string[] = [];
  if (lacking.length > 0) out.push(`${path}: lacks ${lacking.join(", ")}`);
  if (extra.length > 0) out.push(`${path}: has besides ${extra.join(", ")}`);
  if (out.length === 0 && options.subset !== true && keys.join() !== present.join())
    out.push(`${path}: keys in another order: want ${keys.join()}, got ${present.join()}`);
  return out.concat(
    keys
      .filter((key) => present.includes(key))
      .flatMap((key) => compare(want[key], got[key], bound, path === "" ? key : `${path}.${key}`, options)),
  );
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const show = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 300);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const fillBound = (template: string, bound: ReadonlyMap<string, string>): string =>
  template.replace(
    PLACEHOLDER,
    (whole: string, kind: string, index: string | undefined) => bound.get(`${kind}:${index ?? ""}`) ?? whole,
  );
