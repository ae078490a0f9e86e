import { removeSipOfCustomer } from "@/server/domain/registrar";
import { platformContext, type Context, type Runtime } from "@/server/kernel/context";
import { invalidInput } from "@/server/kernel/errors";
import { parseUuid } from "@/server/kernel/ids";
import type { ServiceName } from "@/server/kernel/outbox";
import type { EventHandler, IncomingEvent } from "@/server/platform/amqp/retry";

type Handlers = Readonly<Record<string, Readonly<Record<string, EventHandler>>>>;

/** What each service does when a sibling tells of something: by publisher, then by type; all else is ignored. */
export function eventHandlers(runtime: Runtime): Partial<Record<ServiceName, Handlers>> {
  const as = (event: IncomingEvent): Context =>
    platformContext(runtime, { actor: { type: "service", id: event.publisher, name: event.publisher } });
  return {
    "registrar-manager": {
      "customer-manager": { customer_deleted: (event) => removeSipOfCustomer(as(event), { customerId: idOf(event) }) },
    },
  };
}

/** The id of the record that an event carries. @throws DomainError INVALID_INPUT that no further attempt can mend */
function idOf({ data }: IncomingEvent): string {
  const id = typeof data === "object" && data !== null && "id" in data ? data.id : undefined;
  const parsed = typeof id === "string" ? parseUuid(id) : null;
  if (parsed === null) throw invalidInput("data.id", "The event names no record.");
  return parsed;
}
