/** The kinds of SIP account: rights are `extension:read`, texts in `extensions`, pages below `/sip/extensions`, and so on. */
export type AccountKind = "extension" | "trunk";

/** An account as the parts take it that are the same for all kinds. */
export interface Account {
  kind: AccountKind;
  id: string;
  /** What it is called in a sentence. */
  name: string;
  /** What no other live account of its kind may have there: its number, its domain name. */
  identifier: string;
  customerId: string;
  customerName: string;
  tmDelete: string;
  /** Whether it has one to show and to make anew. */
  password: boolean;
}

/** The page that lists the accounts of a kind. */
export const accountsHref = (kind: AccountKind): string => `/sip/${kind}s`;

/** An account's own page. */
export const accountHref = ({ kind, id }: Pick<Account, "kind" | "id">): string => `${accountsHref(kind)}/${id}`;
