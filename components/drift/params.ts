import { createLoader, parseAsString, type inferParserType } from "nuqs/server";
import { UUID } from "@/db/uuid";
import { DRIFT_KINDS, type DriftKind, type ListDriftInput } from "@/server/domain/registrar/drift/schemas";
import { orNone, pageParams, toPageInput } from "../data-table/list-params";

/** What the address of the drift page says. */
export const driftParams = {
  kind: parseAsString.withDefault(""),
  customer: parseAsString.withDefault(""),
  ...pageParams,
  /** The finding that is open. */
  finding: parseAsString,
};
export const loadDriftParams = createLoader(driftParams);
type DriftParams = inferParserType<typeof driftParams>;

const isKind = (text: string): text is DriftKind => DRIFT_KINDS.some((kind) => kind === text);

export const toDriftFilter = ({ kind, customer }: Pick<DriftParams, "kind" | "customer">) => ({
  kind: isKind(kind) ? kind : undefined,
  customerId: UUID.test(customer) ? orNone(customer) : undefined,
});

/** The same request from server and browser. */
export const toDriftInput = (params: Omit<DriftParams, "saved" | "finding">): ListDriftInput => ({
  filter: toDriftFilter(params),
  ...toPageInput(params),
});
