import { idOrNone } from "@/components/data-table/list-params";
import {
  loadRegistrationListParams,
  toAlarmListInput,
  toRegistrationListInput,
} from "@/components/registrations/list-params";
import { RegistrationsPage } from "@/components/registrations/registrations-page";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

export const generateMetadata = titled("registrations.title");

export default listPage({
  right: "registration:read",
  load: loadRegistrationListParams,
  opensWith: { views: "registrations", path: "/sip/registrations" },
  read(trpc, { view, ...params }) {
    if (view !== "now") return trpc.registration.alarms.prefetch(toAlarmListInput({ ...params, view }));
    const customerId = idOrNone(params.customer);
    return Promise.all([
      trpc.registration.list.prefetch(toRegistrationListInput({ ...params, view })),
      trpc.registration.counts.prefetch({ customerId }),
      trpc.registration.overTime.prefetch({ span: "day", customerId }),
    ]);
  },
  list: <RegistrationsPage />,
});
