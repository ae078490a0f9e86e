/** What other parts of the product may use of admins and their sessions. */
export { findActingAdmin } from "./acting-admin";
export { acceptLink, createSetupLink, getLink, hasAdmins } from "./links";
export { findSession, listSessions, revokeSession, SESSION_SECONDS, signIn } from "./sessions";
export type { AttemptLimiter, PasswordHasher } from "./ports";
