import { randomUUID } from "node:crypto";
import type * as z from "zod";
import { anEmail } from "../installation";

/** What the walk over a schema fills in. */
export interface Filling {
  /** For every field that takes an id. Without it, only those that have to be there get one. */
  id?: (field: string) => string;
  /** Of the ids that may be left out, the only one that is filled in. */
  only?: string;
  /** For every free text, also those that may be left out; without it they are, and the others get harmless words. */
  text?: string;
}

type Def = { type: string } & Record<string, unknown>;
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;
const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

const ID_NAME = /(^id|Id|^ids|Ids)$/;

/** Whether a text is the id of something: by its name, or because it takes ids and nothing else. */
function takesIds(schema: z.ZodType, field: string): boolean {
  return accepts(schema, randomUUID()) && (ID_NAME.test(field) || !accepts(schema, "words"));
}

/** Words to try where a text must have a form, from the most ordinary on. */
const words = (field: string): string[] => [
  ...(/e-?mail/i.test(field) ? [anEmail()] : []),
  "Walk",
  "walk",
  "abcd1234",
  "?q=walk",
  "a few words in a row",
  anEmail(),
  "https://walk.example/hook",
  "2030-01-01 00:00:00.000000",
  "2030-01-01",
  "123456",
  "+15550100",
  randomUUID(),
  "a".repeat(43),
  "a".repeat(64),
];

/** Marks what a schema allows to be left out. */
const ABSENT = Symbol("absent");

/**
 * A value that a schema accepts, made by walking it: a procedure is called with something that means something the
 * moment it exists.
 * @throws Error where the walk does not know the way
 */
export function fill(schema: z.ZodType, filling: Filling, field = ""): unknown {
  const def = defOf(schema);
  const inner = (): z.ZodType => (def.innerType ?? def.in) as z.ZodType;
  switch (def.type) {
    case "object": {
      const entries = Object.entries(def.shape as Record<string, z.ZodType>);
      return Object.fromEntries(
        entries.map(([key, each]) => [key, fill(each, filling, key)]).filter(([, value]) => value !== ABSENT),
      );
    }
    case "optional":
    case "default":
    case "prefault":
    case "catch": {
      const value = isWanted(inner(), filling, field) ? fill(inner(), filling, field) : ABSENT;
      return isEmpty(value) ? ABSENT : value;
    }
    case "nullable":
    case "readonly":
    case "nonoptional":
      return fill(inner(), filling, field);
    case "pipe":
      return fill(defOf(inner()).type === "transform" ? (def.out as z.ZodType) : inner(), filling, field);
    case "lazy":
      return fill((def.getter as () => z.ZodType)(), filling, field);
    case "array":
      return [fill(def.element as z.ZodType, filling, field)];
    case "tuple":
      return (def.items as z.ZodType[]).map((each) => fill(each, filling, field));
    case "record":
      return {};
    case "union": {
      const options = def.options as z.ZodType[];
      return fill(options.find((each) => isWanted(each, filling, field)) ?? (options[0] as z.ZodType), filling, field);
    }
    case "enum":
      return Object.values(def.entries as Record<string, unknown>)[0];
    case "literal":
      return (def.values as unknown[])[0];
    case "boolean":
      return false;
    case "number":
    case "int":
      return firstAccepted(schema, [1, 0, 10, 60, 3_600, 86_400, 1_000_000], field);
    case "string":
      return text(schema, filling, field);
    case "undefined":
    case "void":
    case "null":
    case "any":
    case "unknown":
      return undefined;
    default:
      throw new Error(`${field}: the walk does not know what a "${def.type}" takes; say it in overrides.ts`);
  }
}

function text(schema: z.ZodType, filling: Filling, field: string): string {
  if (takesIds(schema, field)) return filling.id?.(field) ?? randomUUID();
  if (filling.text !== undefined && accepts(schema, filling.text)) return filling.text;
  return firstAccepted(schema, words(field), field);
}

function firstAccepted<Value>(schema: z.ZodType, values: Value[], field: string): Value {
  const found = values.find((value) => accepts(schema, value));
  if (found === undefined) throw new Error(`${field}: the walk finds nothing that fits; say it in overrides.ts`);
  return found;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** Whether something that may be left out is filled in: only what leads to an id or to a text that is asked for. */
function isWanted(schema: z.ZodType, filling: Filling, field: string): boolean {
  const def = defOf(schema);
  switch (def.type) {
    case "string":
      return takesIds(schema, field)
        ? filling.id !== undefined && (filling.only ?? field) === field
        : field !== "cursor" && filling.text !== undefined && accepts(schema, filling.text);
    case "object":
      return Object.entries(def.shape as Record<string, z.ZodType>).some(([key, each]) => isWanted(each, filling, key));
    case "array":
      return isWanted(def.element as z.ZodType, filling, field);
    case "union":
      return (def.options as z.ZodType[]).some((each) => isWanted(each, filling, field));
    case "pipe":
      return isWanted(def.in as z.ZodType, filling, field);
    default:
      return "innerType" in def && isWanted(def.innerType as z.ZodType, filling, field);
  }
}

/** The fields that take an id, and whether one of them cannot be left out. */
export function idFields(schema: z.ZodType): { all: string[]; required: boolean } {
  const all = new Set<string>();
  const id = (field: string): string => {
    all.add(field);
    return randomUUID();
  };
  fill(schema, { id });
  return { all: [...all], required: requiresId(schema) };
}

function requiresId(schema: z.ZodType, field = ""): boolean {
  const def = defOf(schema);
  switch (def.type) {
    case "string":
      return takesIds(schema, field);
    case "object":
      return Object.entries(def.shape as Record<string, z.ZodType>).some(([key, each]) => requiresId(each, key));
    case "array":
      return requiresId(def.element as z.ZodType, field);
    case "union":
      return (def.options as z.ZodType[]).every((each) => requiresId(each, field));
    case "readonly":
      return requiresId(def.innerType as z.ZodType, field);
    case "pipe":
      return requiresId(def.in as z.ZodType, field);
    default:
      return false;
  }
}
