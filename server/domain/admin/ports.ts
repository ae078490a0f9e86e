/** Hashing of passwords; the web process has it, the worker and the commands need none. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** Somebody who says he is an admin. */
export interface Attempt {
  /** What is tried: a password, the second step, or only to be asked for a passkey. */
  kind: "password" | "code" | "passkey";
  /** Whose account it is said to be. */
  account: string;
  address: string;
  /** The browser, where it has signed in to this account before. */
  device: string | null;
  /** Whether somebody has signed in to this account from this address before. */
  knownAddress: boolean;
}

/** Counts attempts; whoever makes too many has to wait, never for good. */
export interface AttemptLimiter {
  /** Counts one attempt. @returns seconds to wait, 0 when the attempt may go on */
  take(attempt: Attempt): Promise<number>;
  /** Forgets attempts like this one, after a good one. */
  clear(attempt: Attempt): Promise<void>;
}

/** Keeps secrets at rest, with keys that only this installation can derive. */
export interface SecretBox {
  /** @param purpose what it is for and whose it is; it opens with the same only */
  seal(purpose: string, text: string): Buffer;
  /** The text, or null: it was sealed for something else, or by another installation. */
  open(purpose: string, sealed: Buffer): string | null;
  /** A text that nobody else can make, to know one's own words by. */
  sign(purpose: string, text: string): string;
}

/** Whom passkeys are made for and shown to; both follow from the console's public address. */
export interface RelyingParty {
  /** The host's name. */
  id: string;
  origin: string;
  name: string;
}

declare module "@/server/kernel/context" {
  interface Ports {
    passwords: PasswordHasher | null;
    signInAttempts: AttemptLimiter | null;
    secrets: SecretBox | null;
    relyingParty: RelyingParty | null;
  }
}
