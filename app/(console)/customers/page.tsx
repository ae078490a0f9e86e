import { CustomerList } from "@/components/customers/customer-list";
import { loadCustomerListParams, toCustomerListInput } from "@/components/customers/list-params";
import { titled } from "../../titled";
import { listPage } from "../list-page";

export const generateMetadata = titled("customers.title");

export default listPage({
  load: loadCustomerListParams,
  opensWith: { views: "customers", path: "/customers" },
  read: (trpc, params) => trpc.customer.list.prefetch(toCustomerListInput(params)),
  list: <CustomerList />,
});
