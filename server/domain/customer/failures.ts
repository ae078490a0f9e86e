import { DomainError } from "@/server/kernel/errors";

export const customerNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "CUSTOMER_NOT_FOUND", "There is no such customer.");
export const accessKeyNotFound = (): DomainError =>
  new DomainError("NOT_FOUND", "ACCESS_KEY_NOT_FOUND", "There is no such access key.");
export const emailTaken = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "EMAIL_TAKEN",
    "email: Another customer or agent uses this e-mail address already. Use another one.",
    { field: "email" },
  );
