import {
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { TRPCClientError } from "@trpc/client";
import type { MessageKey, Translate } from "../i18n/translate";
import { describeFailure, ownFailure, type FailureDescription } from "../lib/failures";

/** What a browser answers, without the extensions, of which we use none. */
type Bare<Answer> = Omit<Answer, "clientExtensionResults"> & { clientExtensionResults: Record<string, never> };

/** Asks the browser for a passkey. @throws Error for {@link describePasskeyError} */
export async function askForPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<Bare<AuthenticationResponseJSON>> {
  return { ...(await startAuthentication({ optionsJSON })), clientExtensionResults: {} };
}

/** Has the browser make a passkey. @throws Error for {@link describePasskeyError} */
export async function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Bare<RegistrationResponseJSON>> {
  return { ...(await startRegistration({ optionsJSON })), clientExtensionResults: {} };
}

/** Why there is no passkey, and what to do. */
export function describePasskeyError(error: unknown): MessageKey {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "passkeys.exists";
  if (name === "SecurityError") return "passkeys.wrongAddress";
  if (name === "NotAllowedError" || name === "AbortError") return "passkeys.cancelled";
  return "passkeys.impossible";
}

/** The same for what either the browser or the server said. */
export const passkeyFailure = (error: unknown, t: Translate): FailureDescription =>
  error instanceof TRPCClientError ? describeFailure(error, t) : ownFailure(t(describePasskeyError(error)));
