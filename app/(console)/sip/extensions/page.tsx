import { ExtensionList } from "@/components/extensions/extension-list";
import { loadExtensionListParams, toExtensionListInput } from "@/components/extensions/list-params";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("extensions.title");

export default listPage({
  right: "extension:read",
  load: loadExtensionListParams,
  opensWith: { views: "extensions", path: "/sip/extensions" },
  read: (trpc, params) => trpc.extension.list.prefetch(toExtensionListInput(params)),
  list: <ExtensionList />,
});
