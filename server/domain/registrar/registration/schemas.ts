import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
import { pageInput } from "@/server/kernel/pagination";
import { text } from "@/server/kernel/text-input";
import type { RegistrationView } from "../schemas";

export const TRANSPORTS = ["udp", "tcp", "tls", "ws", "wss"] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const registrationFilter = z.object({
  customerId: idInput.optional(),
  transport: z.enum(TRANSPORTS, { error: `Use one of ${TRANSPORTS.join(", ")}.` }).optional(),
  /** The registrar that took it: its system name, whole. */
  node: text(255).optional(),
  /** Beginning of a number, of `1001@realm`, of an address or of a user agent. */
  search: z.string().trim().max(255).optional(),
});
export type RegistrationFilter = z.infer<typeof registrationFilter>;

export const listRegistrationsInput = z.object({
  filter: registrationFilter.default({}),
  sort: z.enum(["tmRegister"]).default("tmRegister"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  ...pageInput.shape,
});
export type ListRegistrationsInput = z.input<typeof listRegistrationsInput>;

/** A phone that is registered now, and with whose number. */
export interface RegistrationListView extends RegistrationView {
  /** The number, e.g. `1001`. */
  extension: string;
  realm: string;
  /** Null for what was not named by the product. */
  customerId: string | null;
  /** Since when it has been registered under this contact. */
  tmRegister: string;
}

export const registrationHistoryInput = z.object({
  /** Of an extension. */
  id: idInput,
});
export type RegistrationHistoryInput = z.input<typeof registrationHistoryInput>;

export const registrationsOverTimeInput = z.object({
  span: z.enum(["day", "week"]).default("day"),
  customerId: idInput.optional(),
});
export type RegistrationsOverTimeInput = z.input<typeof registrationsOverTimeInput>;

export interface RegistrationsOverTime {
  /** Between two points, in milliseconds. */
  step: number;
  /** `at` in milliseconds since 1970; null where nobody looked. `dayBefore`: 24 hours earlier, in a day's picture alone. */
  points: { at: number; registered: number | null; dayBefore: number | null }[];
}

export const listAlarmsInput = z.object({
  filter: z
    .object({
      customerId: idInput.optional(),
      extensionId: idInput.optional(),
      /** Those that somebody has acknowledged, instead of those that are open. */
      acknowledged: z.boolean().optional(),
    })
    .default({}),
  ...pageInput.shape,
});
export type ListAlarmsInput = z.input<typeof listAlarmsInput>;

export const acknowledgeAlarmInput = z.object({ id: idInput });
export type AcknowledgeAlarmInput = z.input<typeof acknowledgeAlarmInput>;

/** What somebody should look at. */
export interface RegistrationAlarmView {
  id: string;
  customerId: string | null;
  endpointId: string;
  extension: string;
  /** `network` and `user-agent`: the account was seen with one that it never had; `fight`: two phones push each other out. */
  kind: "network" | "user-agent" | "fight";
  before: string;
  after: string;
  /** How often it has come while it was open. */
  times: number;
  tmCreate: string;
  tmLast: string;
  tmAcknowledge: string;
  acknowledgedBy: string;
}

export const registrationCountsInput = z.object({ customerId: idInput.optional() });
export type RegistrationCountsInput = z.input<typeof registrationCountsInput>;

/** How many numbers have a phone now; counts beyond {@link COUNTED_MOST} are "at least". */
export interface RegistrationCounts {
  /** Null where it is not known, since Asterisk's database is away. */
  registered: number | null;
  extensions: number;
  estimated: boolean;
}
