import { isSet } from "@/server/kernel/clock";
import type { BulkAction, BulkItem, OnceFileRows } from "@/server/domain/jobs";
import { ONCE_FILE_MOST } from "@/server/domain/jobs/schemas";
import { deleteTrunk, restoreTrunk, rotateTrunkPassword } from "../trunk/change";
import { countMatchingExtensions, getExtension, listExtensions } from "../extension/list";
import { countMatchingTrunks, getTrunk, listTrunks } from "../trunk/list";
import {
  extensionFilter,
  trunkFilter,
  type ExtensionView,
  type ExtensionWithPassword,
  type TrunkView,
  type TrunkWithPassword,
} from "../schemas";
import { deleteExtension, restoreExtension, rotateExtensionPassword } from "../extension/change";

const PAGE = 200;
/** Rows worked at the same time: each waits for two databases most of its time. */
export const SIP_AT_ONCE = 6;

const extensionItem = ({ id, extension, customerId }: ExtensionView): BulkItem => ({
  id,
  label: extension,
  customerId,
});
const trunkItem = ({ id, domainName, customerId }: TrunkView): BulkItem => ({ id, label: domainName, customerId });

const ofExtensions: Pick<BulkAction, "resource" | "filter" | "count" | "collect" | "atOnce"> = {
  resource: "extension",
  filter: extensionFilter,
  atOnce: SIP_AT_ONCE,
  count: (ctx, filter, most) => countMatchingExtensions(ctx, filter, most),
  async collect(ctx, filter, cursor, until) {
    const page = await listExtensions(ctx, { filter, size: PAGE, ...(cursor === null ? {} : { cursor }) });
    return { items: page.items.filter(({ tmCreate }) => tmCreate <= until).map(extensionItem), next: page.next };
  },
};

const ofTrunks: typeof ofExtensions = {
  resource: "trunk",
  filter: trunkFilter,
  atOnce: SIP_AT_ONCE,
  count: (ctx, filter, most) => countMatchingTrunks(ctx, filter, most),
  async collect(ctx, filter, cursor, until) {
    const page = await listTrunks(ctx, { filter, size: PAGE, ...(cursor === null ? {} : { cursor }) });
    return { items: page.items.filter(({ tmCreate }) => tmCreate <= until).map(trunkItem), next: page.next };
  },
};

const isExtension = (answer: unknown): answer is ExtensionWithPassword =>
  typeof answer === "object" && answer !== null && "password" in answer && "extension" in answer && isObject(answer);
/** A trunk that was changed has its password in itself, where it got one by that. */
function newTrunk(answer: unknown): TrunkWithPassword | null {
  if (typeof answer !== "object" || answer === null || !("password" in answer)) return null;
  return "trunk" in answer
    ? (answer as TrunkWithPassword)
    : { trunk: answer as TrunkView, password: String(answer.password) };
}
/** An extension's own view has a number under the same name. */
const isObject = ({ extension }: { extension: unknown }): boolean => typeof extension === "object";

/** What phones are set up with. */
export const extensionPasswords: OnceFileRows = {
  columns: ["customerId", "extension", "name", "realm", "username", "password"],
  row(answer) {
    if (!isExtension(answer)) return null;
    const { customerId, extension, name, realm, username } = answer.extension;
    return [customerId, extension, name, realm, username, answer.password];
  },
};

/** What PBXs and carriers are set up with; a trunk that is known by its address has no password. */
export const trunkPasswords: OnceFileRows = {
  columns: ["customerId", "domainName", "name", "realm", "username", "password"],
  row(answer) {
    const made = newTrunk(answer);
    if (made === null || !made.trunk.authTypes.includes("basic")) return null;
    const { customerId, domainName, name, realm, username } = made.trunk;
    return [customerId, domainName, name, realm, username, made.password];
  },
};

const lookAtExtension =
  (todo: (extension: ExtensionView) => boolean): BulkAction["look"] =>
  async (ctx, id) => {
    const extension = await getExtension(ctx, { id });
    return { ...extensionItem(extension), todo: todo(extension) };
  };
const lookAtTrunk =
  (todo: (trunk: TrunkView) => boolean): BulkAction["look"] =>
  async (ctx, id) => {
    const trunk = await getTrunk(ctx, { id });
    return { ...trunkItem(trunk), todo: todo(trunk) };
  };
const isLive = ({ tmDelete }: ExtensionView | TrunkView): boolean => !isSet(tmDelete);
const isDeleted = ({ tmDelete }: ExtensionView | TrunkView): boolean => isSet(tmDelete);

const extensionActions: BulkAction[] = [
  {
    ...ofExtensions,
    type: "extension.delete-many",
    right: "extension:delete",
    undo: "extension.restore-many",
    look: lookAtExtension(isLive),
    change: (ctx, id) => deleteExtension(ctx, { id }),
  },
  {
    ...ofExtensions,
    type: "extension.restore-many",
    right: "extension:restore",
    undo: null,
    most: ONCE_FILE_MOST,
    once: extensionPasswords,
    look: lookAtExtension(isDeleted),
    change: (ctx, id) => restoreExtension(ctx, { id }),
  },
  {
    ...ofExtensions,
    type: "extension.rotate-many",
    right: "extension:update",
    undo: null,
    most: ONCE_FILE_MOST,
    once: extensionPasswords,
    look: lookAtExtension(isLive),
    change: (ctx, id) => rotateExtensionPassword(ctx, { id }),
  },
];

const trunkActions: BulkAction[] = [
  {
    ...ofTrunks,
    type: "trunk.delete-many",
    right: "trunk:delete",
    undo: "trunk.restore-many",
    look: lookAtTrunk(isLive),
    change: (ctx, id) => deleteTrunk(ctx, { id }),
  },
  {
    ...ofTrunks,
    type: "trunk.restore-many",
    right: "trunk:restore",
    undo: null,
    most: ONCE_FILE_MOST,
    once: trunkPasswords,
    look: lookAtTrunk(isDeleted),
    change: (ctx, id) => restoreTrunk(ctx, { id }),
  },
  {
    ...ofTrunks,
    type: "trunk.rotate-many",
    right: "trunk:update",
    undo: null,
    most: ONCE_FILE_MOST,
    once: trunkPasswords,
    look: lookAtTrunk((trunk) => isLive(trunk) && trunk.authTypes.includes("basic")),
    change: (ctx, id) => rotateTrunkPassword(ctx, { id }),
  },
];

/** What can be done with many extensions and trunks at once. */
export const sipBulkActions: readonly BulkAction[] = [...extensionActions, ...trunkActions];
