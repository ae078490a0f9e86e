const HIDDEN = "[hidden]";

/** Names of fields whose values never reach a log, at any depth (contract/README "Fix" 13). */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|password|secret|^token$|_token$|Token$|authorization|cookie|dsn|rabbitmq_?(address|url)|api_?key|credential|private_?key|otp|recovery_?code|^params$|^parameters$|^sql$|^query$|^body$|^params$/i;

/** Secrets inside a text: credentials in addresses and DSNs, bearer tokens, access keys. */
const SECRET_TEXT = /:\/\/|@tcp\(|[Bb]earer |vb_/;

/** A text without the secrets that can be told by their shape. */
export function scrub(text: string): string {
  if (!SECRET_TEXT.test(text)) return text;
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@]*@/gi, `$1:${HIDDEN}@`)
    .replace(/([^\s:@/"']+):[^\s]*@tcp\(/g, `$1:${HIDDEN}@tcp(`)
    .replace(/(bearer )[^\s"',]+/gi, `$1${HIDDEN}`)
    .replace(/\bvb_([A-Za-z0-9]{4})[A-Za-z0-9]{8,}/g, `vb_$1${HIDDEN}`);
}

const DEPTH_MOST = 6;
const ITEMS_MOST = 50;
const TEXT_MOST = 2_000;

/** A copy of a log line's fields without secrets, bounded in depth and length. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrub(value.length > TEXT_MOST ? `${value.slice(0, TEXT_MOST)}…` : value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toJSON();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return value.toJSON();
  if (depth >= DEPTH_MOST) return "[…]";
  if (value instanceof Map || value instanceof Set) return redact([...value].slice(0, ITEMS_MOST), depth);
  if (Array.isArray(value)) return value.slice(0, ITEMS_MOST).map((item) => redact(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value).slice(0, ITEMS_MOST)) {
    copy[name] = SECRET_NAME.test(name) && isWorthHiding(field) ? HIDDEN : redact(field, depth + 1);
  }
  return copy;
}

const isWorthHiding = (value: unknown): boolean => value !== null && value !== undefined && typeof value !== "boolean";

/**
 * An error as fields. Messages of the database never pass as they are: drizzle's holds the parameters, the server's
 * quotes values and pieces of the statement.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error, message: redact(String(error)) };
  const description: Record<string, unknown> = { type: error.name, message: safeMessage(error) };
  for (const name of ["code", "errno", "sqlState", "reason", "status", "signal"] as const) {
    const field: unknown = Reflect.get(error, name);
    if (typeof field === "string" || typeof field === "number") description[name] = redact(field);
  }
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  if (frames !== undefined && frames.length > 0) description.stack = frames.map((line) => line.trim()).join("\n");
  if (depth < 4 && error.cause !== undefined) description.cause = describeError(error.cause, depth + 1);
  if (depth < 4 && error instanceof AggregateError) {
    description.errors = error.errors.slice(0, 5).map((each: unknown) => describeError(each, depth + 1));
  }
  return description;
}

function safeMessage(error: Error): string {
  if ("query" in error && "params" in error) return "Failed query";
  if (!("sqlState" in error) && !("sql" in error)) return String(redact(error.message));
  if (/SQL syntax|parse/i.test(error.message)) return "The database could not parse the statement";
  return error.message
    .slice(0, TEXT_MOST)
    .replace(
      /((?:key|column|table|constraint|field|user|database) )?'(?:[^'\\]|\\.|'')*'/gi,
      (quoted, object: string | undefined) => (object === undefined ? "'…'" : quoted),
    );
}

/** A name with its value in what is no JSON, or was cut off: `"password": "…`, `{'password': …}`, `password=…`. */
const PAIR = /(["']?)([\w.-]+)\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|[^\s,&;{}[\]"']+)/g;

/**
 * A message's body for people: JSON is redacted at any depth; anything else, such as half of it, loses the values that have
 * a secret's name, and what looks like a token.
 */
export function redactText(text: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(text)), null, 2);
  } catch {
    return scrub(text).replace(PAIR, (pair, quote: string, name: string, between: string) =>
      SECRET_NAME.test(name) ? `${quote}${name}${quote}${between}${HIDDEN}` : pair,
    );
  }
}
