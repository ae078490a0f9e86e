/** What other parts of the product may use of the audit trail. */
export { listAudit } from "./list-audit";
