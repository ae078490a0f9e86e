import type { ListAccessKeysInput, ListCustomersInput } from "@/server/domain/customer/schemas";
import type {
  ListAlarmsInput,
  RegistrationCountsInput,
  RegistrationsOverTimeInput,
} from "@/server/domain/registrar/registration/schemas";

/** What the home page asks for, on the server and in the browser. */
export const LATEST_INPUT: ListCustomersInput = { size: 6 };
export const DELETED_INPUT: ListCustomersInput = { filter: { deleted: true }, size: 8 };
export const EXPIRING_INPUT: ListAccessKeysInput = { filter: { state: "expiring" }, size: 6 };
export const USED_INPUT: ListAccessKeysInput = { filter: { state: "used" }, size: 1 };
export const PHONES_INPUT: RegistrationsOverTimeInput = { span: "day" };
export const PHONES_NOW_INPUT: RegistrationCountsInput = {};
export const ALARMS_INPUT: ListAlarmsInput = { size: 1 };
