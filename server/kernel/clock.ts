import { NOT_SET } from "@/db/columns";

export { NOT_SET };

/** Gives the present as the wire and the tables write it: UTC `YYYY-MM-DD HH:MM:SS.ffffff` (contract/README "Keep" 3). */
export type Clock = () => string;

/** Milliseconds since 1970 and microseconds within as a wire time. */
export function formatTime(milliseconds: number, microseconds = 0): string {
  return `${new Date(milliseconds).toISOString().slice(0, 23).replace("T", " ")}${String(microseconds).padStart(3, "0")}`;
}

/** Milliseconds since 1970 of a wire time; NaN when it is none. */
export function parseTime(time: string): number {
  return Date.parse(`${time.slice(0, 23).replace(" ", "T")}Z`);
}

/** A wire time, shifted; keeps the microseconds. */
export function addSeconds(time: string, seconds: number): string {
  return formatTime(parseTime(time) + seconds * 1000, Number(time.slice(23, 26)));
}

/**
 * The system's clock in microseconds. It never gives one value twice in a process, so that rows made by one process are
 * told apart by `tm_create` (contract/README "Keep" 6); pages tie-break for the rest.
 */
export function createClock(): Clock {
  let last = 0n;
  let second = -1;
  let prefix = "";
  return () => {
    const wall = BigInt(Date.now()) * 1000n + ((process.hrtime.bigint() / 1000n) % 1000n);
    last = wall > last ? wall : last + 1n;
    const whole = Number(last / 1_000_000n);
    if (whole !== second) {
      second = whole;
      prefix = new Date(whole * 1000).toISOString().slice(0, 19).replace("T", " ");
    }
    return `${prefix}.${String(last % 1_000_000n).padStart(6, "0")}`;
  };
}

/** Whether a time column holds a real time, not the platform's "not set". */
export const isSet = (time: string): boolean => time !== "" && time < NOT_SET;
