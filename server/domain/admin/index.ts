/** What other parts of the product may use of admins and their sessions. */
export { acceptLink } from "./accept-link";
export { changePassword, getAccount, renameAccount } from "./account";
export { findActingAdmin } from "./acting-admin";
export { adminDeletionStep } from "./admin-deletion-step";
export { endAdminSessions, listAdminSessions } from "./admin-sessions";
export { askForOwnPasskey, confirmIdentity, requireConfirmed } from "./confirm";
export { disableAdmin, enableAdmin } from "./disable-admin";
export { createAdmin, inviteAdmin, renewInvitation } from "./invite-admin";
export { createSetupLink, getLink, hasAdmins } from "./links";
export { getAdmin, getAdminByEmail, listAdmins } from "./list-admins";
export { addPasskey, preparePasskey, removePasskey, renamePasskey } from "./passkeys";
export { removeAdmin } from "./remove-admin";
export { resetAdmin, resetTwoFactor } from "./reset-admin";
export { endSessions, findSession, listSessions, revokeSession, SESSION_SECONDS } from "./sessions";
export { askForPasskey, beginSignIn, finishSignIn, type Browser, type SignedIn } from "./sign-in";
export { confirmTotp, removeTotp, renewRecoveryCodes, startTotp } from "./two-factor";
export { updateAdmin } from "./update-admin";
export type { Attempt, AttemptLimiter, PasswordHasher, RelyingParty, SecretBox } from "./ports";
