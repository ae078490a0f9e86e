import type { Context } from "@/server/kernel/context";
import type { ExtensionRecord } from "./extension/repository";
import type { ExtensionView, TrunkView } from "./schemas";
import type { TrunkRecord } from "./trunk/repository";

/** What of an extension may be shown to who asks. */
export function shownExtension(ctx: Context, record: ExtensionRecord): ExtensionView {
  if (ctx.rights.has("extension:secret")) return record;
  const { password: _, ...view } = record;
  return view;
}

/** What of a trunk may be shown to who asks. */
export function shownTrunk(ctx: Context, record: TrunkRecord): TrunkView {
  if (ctx.rights.has("trunk:secret")) return record;
  const { password: _, ...view } = record;
  return view;
}
