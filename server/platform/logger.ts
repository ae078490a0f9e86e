import pino, { type DestinationStream } from "pino";
import type { LogLevel } from "./config";
import { redact, scrub } from "./redact";

export interface LoggerOptions {
  level: LogLevel;
  /** Which process this is: `worker`, `web`, `customer-control`. */
  process: string;
  /** Where lines go; stderr by default, so that a command's stdout stays its result. */
  destination?: DestinationStream;
}

export interface Logger {
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
  /** A logger whose lines all carry these fields, e.g. `{ requestId }`. */
  child(fields: object): Logger;
}

/**
 * The process's log: one JSON object a line. Fields are redacted at any depth and errors lose whatever the database
 * put into them, so a caller may log an error as it is: `log.error({ err }, "what failed")`.
 */
export function createLogger({ level, process, destination }: LoggerOptions): Logger {
  return wrap(
    pino(
      {
        level,
        base: { process },
        timestamp: pino.stdTimeFunctions.isoTime,
        serializers: { err: (described: unknown) => described },
        formatters: {
          level: (label) => ({ level: label }),
          log: (fields) => redact(fields) as Record<string, unknown>,
        },
      },
      destination ?? pino.destination({ fd: 2, sync: true }),
    ),
  );
}

function wrap(log: pino.Logger): Logger {
  return {
    trace: (fields, message) => log.trace(fields, scrub(message)),
    debug: (fields, message) => log.debug(fields, scrub(message)),
    info: (fields, message) => log.info(fields, scrub(message)),
    warn: (fields, message) => log.warn(fields, scrub(message)),
    error: (fields, message) => log.error(fields, scrub(message)),
    fatal: (fields, message) => log.fatal(fields, scrub(message)),
    child: (fields) => wrap(log.child(redact(fields) as object)),
  };
}
