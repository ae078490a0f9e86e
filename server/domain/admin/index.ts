/** What other parts of the product may use of admins and their sessions. */
export { acceptLink } from "./accept-link";
export { findActingAdmin } from "./acting-admin";
export { adminDeletionStep } from "./admin-deletion-step";
export { endAdminSessions, listAdminSessions } from "./admin-sessions";
export { disableAdmin, enableAdmin } from "./disable-admin";
export { createAdmin, inviteAdmin, renewInvitation } from "./invite-admin";
export { createSetupLink, getLink, hasAdmins } from "./links";
export { getAdmin, getAdminByEmail, listAdmins } from "./list-admins";
export { removeAdmin } from "./remove-admin";
export { resetAdmin, resetTwoFactor } from "./reset-admin";
export { updateAdmin } from "./update-admin";
export { findSession, listSessions, revokeSession, SESSION_SECONDS, signIn } from "./sessions";
export type { AttemptLimiter, PasswordHasher } from "./ports";
