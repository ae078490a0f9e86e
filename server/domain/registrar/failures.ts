import { DomainError } from "@/server/kernel/errors";

export const extensionNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "EXTENSION_NOT_FOUND", "There is no such extension.");
export const trunkNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "TRUNK_NOT_FOUND", "There is no such trunk.");
export const asteriskAway = (): DomainError =>
  new DomainError(
    "UNAVAILABLE",
    "DATABASE_UNAVAILABLE",
    "Asterisk's database is not available at the moment. Try again.",
  );
export const ownerNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
export const extensionTaken = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "EXTENSION_TAKEN",
    "extension: This customer has an extension of this number already. Use another one.",
    { field: "extension" },
  );
/** @param field the one by which the user name was given */
export const usernameTaken = (field: "username" | "extension"): DomainError =>
  new DomainError(
    "CONFLICT",
    "USERNAME_TAKEN",
    `${field}: Another extension of this customer has this user name already. Use another one.`,
    { field },
  );
export const domainNameTaken = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "DOMAIN_NAME_TAKEN",
    "domainName: Another trunk uses this domain name already. Use another one.",
    { field: "domainName" },
  );
