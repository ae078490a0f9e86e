import { hash, verify } from "@node-rs/argon2";
import type { PasswordHasher } from "@/server/domain/admin";

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane. */
export const argon2Passwords: PasswordHasher = {
  hash: (password) => hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  verify: (stored, password) => verify(stored, password),
};
