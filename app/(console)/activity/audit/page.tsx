import { AuditPage } from "@/components/audit/audit-page";
import { loadAuditParams, toAuditInput } from "@/components/audit/params";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("audit.title");

export default listPage({
  right: "audit:read",
  load: loadAuditParams,
  read: (trpc, params) => trpc.audit.list.prefetch(toAuditInput(params)),
  list: <AuditPage />,
});
