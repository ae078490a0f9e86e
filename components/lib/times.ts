/** Milliseconds since 1970 of a platform time (UTC `YYYY-MM-DD HH:MM:SS.ffffff`). */
export const parseTime = (time: string): number => Date.parse(`${time.slice(0, 23).replace(" ", "T")}Z`);

/** Whether a time is a real one: the platform writes "not set" as the year 9999. */
export const isSet = (time: string): boolean => time !== "" && time < "9999-01-01";

export const DAY_MS = 86_400_000;

/** `2026-03-18T14:32:05.481Z`, for the datetime attribute. */
export const toIso = (time: string): string => `${time.slice(0, 23).replace(" ", "T")}Z`;
