import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { fromAsterisk } from "../account/account";
import { nowSeconds } from "../contact/repository";
import { countMatchingExtensions } from "../extension/list";
import { countRegisteredEndpoints, countRegistrationRows, listRegistrationRows } from "./repository";
import {
  listRegistrationsInput,
  registrationCountsInput,
  type ListRegistrationsInput,
  type RegistrationCounts,
  type RegistrationCountsInput,
  type RegistrationListView,
} from "./schemas";
import { asteriskAway } from "../failures";
import { noteShown } from "./shown";

/** A customer's numbers, and everybody's, are counted up to here. */
const COUNTED_MOST = 200_000;

/** A position is a time and Asterisk's id of a contact; a cursor of something else begins the list anew. */
const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/;

/**
 * A page of the phones that are registered now, those of all customers whom the reader may see.
 * @throws DomainError UNAVAILABLE within a second when Asterisk's database is away: without it there is no such list
 */
export async function listRegistrations(
  ctx: Context,
  input: ListRegistrationsInput,
): Promise<Page<RegistrationListView>> {
  authorize(ctx, "registration:read");
  const { filter, direction, cursor, size } = parseInput(listRegistrationsInput, input);
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && TIME.test(decoded.value) ? decoded : null;
  const now = nowSeconds();
  const found = await fromAsterisk(ctx, async (asterisk) => {
    const page = await Promise.all([
      listRegistrationRows(asterisk, ctx.tenant, { filter, direction, at, limit: size + 1, nowSeconds: now }),
      countTotal((most) => countRegistrationRows(asterisk, ctx.tenant, filter, now, most)),
    ]);
    noteShown(asterisk, page[0].slice(0, size));
    return page;
  });
  if (found === null) throw asteriskAway();
  const [rows, total] = found;
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row.tmRegister,
    id: (row) => row.id,
    view: (row) => row,
    total,
  });
}

/** How many numbers there are, and how many of them have a phone now, where that is known. */
export async function countRegistrations(ctx: Context, input: RegistrationCountsInput): Promise<RegistrationCounts> {
  authorize(ctx, "registration:read");
  const { customerId } = parseInput(registrationCountsInput, input);
  const [registered, extensions] = await Promise.all([
    fromAsterisk(ctx, (asterisk) =>
      countRegisteredEndpoints(asterisk, ctx.tenant, customerId, nowSeconds(), COUNTED_MOST + 1),
    ),
    countMatchingExtensions(ctx, { deleted: false, customerId }, COUNTED_MOST + 1),
  ]);
  return {
    registered: registered === null ? null : Math.min(registered, COUNTED_MOST),
    extensions: Math.min(extensions, COUNTED_MOST),
    estimated: (registered ?? 0) > COUNTED_MOST || extensions > COUNTED_MOST,
  };
}
