import type { TrunkDetails } from "../trpc";
import type { TrunkValues } from "./trunk-form";

/** The parts of a trunk that a form shows; also what somebody else has made of it meanwhile. */
type Shown = Partial<
  Pick<TrunkDetails, "customerId" | "domainName" | "name" | "detail" | "authTypes" | "username" | "allowedIps">
>;

/** A trunk as its form holds it: lists as texts. */
export const toTrunkValues = (trunk: Shown = {}, customerId = ""): TrunkValues => ({
  customerId: trunk.customerId ?? customerId,
  domainName: trunk.domainName ?? "",
  name: trunk.name ?? "",
  detail: trunk.detail ?? "",
  authTypes: (trunk.authTypes ?? ["basic"]).join(" "),
  username: trunk.username ?? "",
  allowedIps: (trunk.allowedIps ?? []).join("\n"),
  own: false,
  password: "",
});

/** What the verbs take of it. */
export const toTrunkInput = ({ own, password, authTypes, allowedIps, ...values }: TrunkValues) => ({
  ...values,
  authTypes: authTypes.split(" ").filter((type) => type === "basic" || type === "ip"),
  allowedIps: allowedIps === "" ? [] : allowedIps.split("\n"),
  password: own ? password : "",
});
