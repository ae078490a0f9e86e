import { loadTrunkListParams, toTrunkListInput } from "@/components/trunks/list-params";
import { TrunkList } from "@/components/trunks/trunk-list";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("trunks.title");

export default listPage({
  right: "trunk:read",
  load: loadTrunkListParams,
  opensWith: { views: "trunks", path: "/sip/trunks" },
  read: (trpc, params) => trpc.trunk.list.prefetch(toTrunkListInput(params)),
  list: <TrunkList />,
});
