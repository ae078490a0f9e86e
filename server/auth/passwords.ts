import type { PasswordHasher } from "@/server/domain/admin";

/** Loaded when it is first needed: it has native parts, and commands run where there are none. */
const argon2 = () => import("@node-rs/argon2");

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane. */
export const argon2Passwords: PasswordHasher = {
  hash: async (password) => (await argon2()).hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  verify: async (stored, password) => (await argon2()).verify(stored, password),
};
