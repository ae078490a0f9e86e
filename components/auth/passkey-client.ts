import {
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import type { MessageKey } from "../i18n/translate";

/** Asks the browser for a passkey. @throws Error for {@link describePasskeyError} */
export const askForPasskey = (options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  startAuthentication({ optionsJSON: options });

/** Has the browser make a passkey. @throws Error for {@link describePasskeyError} */
export const makePasskey = (options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> =>
  startRegistration({ optionsJSON: options });

/** Why there is no passkey, and what to do. */
export function describePasskeyError(error: unknown): MessageKey {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "passkeys.exists";
  if (name === "SecurityError") return "passkeys.wrongAddress";
  if (name === "NotAllowedError" || name === "AbortError") return "passkeys.cancelled";
  return "passkeys.impossible";
}
