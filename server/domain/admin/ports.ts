/** Hashing of passwords; the web process has it, the worker and the commands need none. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** Counts failed attempts; survives neither a restart nor need it. */
export interface AttemptLimiter {
  /** Counts one attempt at an account from an address. @returns seconds to wait, 0 when the attempt may go on */
  take(account: string, address: string): Promise<number>;
  /** Forgets the attempts at an account from an address, after a good one. */
  clear(account: string, address: string): Promise<void>;
}

declare module "@/server/kernel/context" {
  interface Ports {
    passwords: PasswordHasher | null;
    signInAttempts: AttemptLimiter | null;
  }
}
