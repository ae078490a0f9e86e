import { KeyList } from "@/components/access-keys/key-list";
import { loadKeyListParams, toKeyListInput } from "@/components/access-keys/list-input";
import { titled } from "../../titled";
import { listPage } from "../list-page";

export const generateMetadata = titled("keys.title");

export default listPage({
  right: "access-key:read",
  load: loadKeyListParams,
  opensWith: { views: "all-access-keys", path: "/access-keys" },
  read: (trpc, params) => trpc.accessKey.list.prefetch(toKeyListInput(params)),
  list: <KeyList />,
});
