import { DriftPage } from "@/components/drift/drift-page";
import { loadDriftParams, toDriftInput } from "@/components/drift/params";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("nav.drift");

export default listPage({
  right: "drift:read",
  load: loadDriftParams,
  read: (trpc, params) => Promise.all([trpc.drift.list.prefetch(toDriftInput(params)), trpc.drift.state.prefetch()]),
  list: <DriftPage />,
});
