/**
 * That a record was changed, for those who look at it: what kind, which one, whose, and by whom. Never what is in it:
 * who hears of it reads it anew, with his own rights.
 */
export interface Change {
  /** As in the audit trail: `customer`, `access-key`, `job`, … */
  type: string;
  id: string;
  /** Null for what belongs to the platform. */
  customerId: string | null;
  /** The actor's id. */
  by: string;
}
