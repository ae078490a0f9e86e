// What forms know without loading a schema.

/** ASVS 2.1: long enough, not absurdly long (argon2 hashes all of it). Characters. */
export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;
