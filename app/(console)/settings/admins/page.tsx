import { AdminList } from "@/components/admins/admin-list";
import { loadAdminListParams, toAdminListInput } from "@/components/admins/list-params";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("admins.title");

export default listPage({
  right: "admin:read",
  load: loadAdminListParams,
  read: (trpc, params) => trpc.admin.list.prefetch(toAdminListInput(params)),
  list: <AdminList />,
});
