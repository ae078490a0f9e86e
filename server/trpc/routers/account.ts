import {
  addPasskey,
  askForOwnPasskey,
  changePassword,
  confirmIdentity,
  confirmTotp,
  endSessions,
  getAccount,
  listSessions,
  preparePasskey,
  removePasskey,
  removeTotp,
  renameAccount,
  renamePasskey,
  renewRecoveryCodes,
  revokeSession,
  startTotp,
} from "@/server/domain/admin";
import {
  addPasskeyInput,
  changePasswordInput,
  confirmInput,
  confirmTotpInput,
  endSessionsInput,
  passkeyIdInput,
  renameInput,
  renamePasskeyInput,
  sessionIdInput,
} from "@/server/domain/admin/schemas";
import { ownProcedure, router } from "../init";

/** One's own account. */
export const accountRouter = router({
  get: ownProcedure.query(({ ctx: { ctx } }) => getAccount(ctx)),
  rename: ownProcedure.input(renameInput).mutation(({ ctx: { ctx }, input }) => renameAccount(ctx, input)),
  confirm: ownProcedure.input(confirmInput).mutation(({ ctx: { ctx }, input }) => confirmIdentity(ctx, input)),
  askForPasskey: ownProcedure.mutation(({ ctx: { ctx } }) => askForOwnPasskey(ctx)),
  changePassword: ownProcedure
    .input(changePasswordInput)
    .mutation(({ ctx: { ctx }, input }) => changePassword(ctx, input)),
  sessions: ownProcedure.query(({ ctx: { ctx } }) => listSessions(ctx)),
  endSession: ownProcedure.input(sessionIdInput).mutation(({ ctx: { ctx }, input }) => revokeSession(ctx, input)),
  endSessions: ownProcedure.input(endSessionsInput).mutation(({ ctx: { ctx }, input }) => endSessions(ctx, input)),
  startTotp: ownProcedure.mutation(({ ctx: { ctx } }) => startTotp(ctx)),
  confirmTotp: ownProcedure.input(confirmTotpInput).mutation(({ ctx: { ctx }, input }) => confirmTotp(ctx, input)),
  removeTotp: ownProcedure.mutation(({ ctx: { ctx } }) => removeTotp(ctx)),
  renewRecoveryCodes: ownProcedure.mutation(({ ctx: { ctx } }) => renewRecoveryCodes(ctx)),
  preparePasskey: ownProcedure.mutation(({ ctx: { ctx } }) => preparePasskey(ctx)),
  addPasskey: ownProcedure.input(addPasskeyInput).mutation(({ ctx: { ctx }, input }) => addPasskey(ctx, input)),
  renamePasskey: ownProcedure
    .input(renamePasskeyInput)
    .mutation(({ ctx: { ctx }, input }) => renamePasskey(ctx, input)),
  removePasskey: ownProcedure.input(passkeyIdInput).mutation(({ ctx: { ctx }, input }) => removePasskey(ctx, input)),
});
