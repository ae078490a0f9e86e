import { createLoader, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import type {
  ListAlarmsInput,
  ListRegistrationsInput,
  Transport,
} from "@/server/domain/registrar/registration/schemas";
import { idOrNone, orNone, pageParams, sortParams, toPageInput } from "../data-table/list-params";

/** The schema's own list, of which only the type is loaded here: a list needs no validator in the browser. */
export const TRANSPORTS = ["udp", "tcp", "tls", "ws", "wss"] as const satisfies readonly Transport[];

export const REGISTRATION_VIEWS = ["now", "alarms", "acknowledged"] as const;
export type RegistrationPageView = (typeof REGISTRATION_VIEWS)[number];

/** What the address of the list says. */
export const registrationListParams = {
  view: parseAsStringLiteral(REGISTRATION_VIEWS).withDefault("now"),
  q: parseAsString.withDefault(""),
  customer: parseAsString.withDefault(""),
  transport: parseAsString.withDefault(""),
  node: parseAsString.withDefault(""),
  ...sortParams(["tmRegister"]),
  ...pageParams,
};
export type RegistrationListParams = inferParserType<typeof registrationListParams>;

export const loadRegistrationListParams = createLoader(registrationListParams);

/** The same request from server and browser. */
export function toRegistrationListInput(params: RegistrationListParams): ListRegistrationsInput {
  const { q, customer, transport, node, sort, direction } = params;
  return {
    filter: {
      search: orNone(q.trim().replace(/^sips?:/i, "")),
      customerId: idOrNone(customer),
      transport: TRANSPORTS.find((each) => each === transport),
      node: orNone(node),
    },
    sort,
    direction,
    ...toPageInput(params),
  };
}

/** What the address says of the list of alarms. */
export const alarmListParams = {
  view: parseAsStringLiteral(REGISTRATION_VIEWS).withDefault("alarms"),
  customer: parseAsString.withDefault(""),
  ...pageParams,
};

export function toAlarmListInput(params: inferParserType<typeof alarmListParams>): ListAlarmsInput {
  return {
    filter: { acknowledged: params.view === "acknowledged", customerId: idOrNone(params.customer) },
    ...toPageInput(params),
  };
}

/** The open alarms of one extension, as its page shows them. */
export const toOpenAlarmsInput = (extensionId: string) => ({ filter: { extensionId }, size: 10 });
