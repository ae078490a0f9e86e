import { DomainError } from "@/server/kernel/errors";

/** The index that keeps one live admin for each e-mail address. */
export const EMAIL_INDEX = "uq_admin_users_email_live";

export const adminNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "ADMIN_NOT_FOUND", "There is no such admin.");
export const customerNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "CUSTOMER_NOT_FOUND", "customerId: There is no such customer.", { field: "customerId" });
export const emailTaken = (): DomainError =>
  new DomainError("CONFLICT", "EMAIL_TAKEN", "email: Another admin uses this e-mail address already.", {
    field: "email",
  });
export const moreRights = (): DomainError =>
  new DomainError(
    "FORBIDDEN",
    "MORE_RIGHTS",
    "This role has rights that you do not have. Somebody who has them can do this.",
  );
export const lastOwner = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "LAST_OWNER",
    "This is the last owner of the installation. Make somebody else an owner first.",
  );
export const ownAccount = (): DomainError =>
  new DomainError("CONFLICT", "OWN_ACCOUNT", "This is your own account. Somebody else has to do this.");
export const notInvited = (): DomainError =>
  new DomainError("CONFLICT", "NOT_INVITED", "This admin has accepted the invitation already.");
export const notActive = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "ADMIN_NOT_ACTIVE",
    "This admin cannot sign in at the moment: enable the account, or renew the invitation.",
  );
export const linkUsedUp = (): DomainError =>
  new DomainError("NOT_FOUND", "LINK_NOT_VALID", "This link has been used or has expired. Ask for a new one.");
