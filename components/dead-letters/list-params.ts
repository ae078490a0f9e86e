import { createLoader, parseAsString } from "nuqs/server";
import { pageParams } from "../data-table/list-params";

/** What the address of the dead letters says. */
export const deadLetterParams = {
  ...pageParams,
  /** The letter that is open. */
  letter: parseAsString,
};
export const loadDeadLetterParams = createLoader(deadLetterParams);
