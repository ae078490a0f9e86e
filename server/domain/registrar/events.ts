import type { PlatformEvent } from "@/server/kernel/outbox";
import type { ExtensionView, TrunkView } from "./schemas";
import { extensionToWire, trunkToWire } from "./wire";

/** The six events of registrar-manager (contract/registrar.md §6). Passwords in them are masked (contract/README "Fix" 5). */
type ExtensionEventType = "extension_created" | "extension_updated" | "extension_deleted";
type TrunkEventType = "trunk_created" | "trunk_updated" | "trunk_deleted";

export function extensionEvent(type: ExtensionEventType, extension: ExtensionView): PlatformEvent {
  return { service: "registrar-manager", type, data: extensionToWire({ ...extension, password: undefined }) };
}

export function trunkEvent(type: TrunkEventType, trunk: TrunkView): PlatformEvent {
  return { service: "registrar-manager", type, data: trunkToWire({ ...trunk, password: undefined }) };
}
