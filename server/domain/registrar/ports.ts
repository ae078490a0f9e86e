declare module "@/server/kernel/context" {
  interface Ports {
    /** What follows a customer's id in an extension's realm, and a trunk's domain name in a trunk's. */
    sipDomains: { extension: string; trunk: string };
    /** Told of each success, for the figures of the process (contract/registrar.md §9.1). */
    countSip?: (success: SipSuccess) => void;
  }
}

export type SipSuccess = "extension_create" | "extension_delete" | "trunk_create" | "trunk_delete";
