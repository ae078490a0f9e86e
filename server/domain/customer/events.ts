import type { PlatformEvent } from "@/server/kernel/outbox";
import type { AccessKeyView, CustomerView } from "./schemas";
import { accessKeyToWire, customerToWire } from "./wire";

/** The six events of customer-manager (contract/customer.md §5). Tokens in them are masked (contract/README "Fix" 5). */
type CustomerEventType = "customer_created" | "customer_updated" | "customer_deleted";
type AccessKeyEventType = "accesskey_created" | "accesskey_updated" | "accesskey_deleted";

export function customerEvent(type: CustomerEventType, customer: CustomerView): PlatformEvent {
  return { service: "customer-manager", type, data: customerToWire(customer) };
}

export function accessKeyEvent(type: AccessKeyEventType, key: AccessKeyView): PlatformEvent {
  return { service: "customer-manager", type, data: accessKeyToWire(key) };
}
