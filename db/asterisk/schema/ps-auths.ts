import { index, int, mysqlEnum, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

export const psAuths = mysqlTable(
  "ps_auths",
  {
    id: varchar("id", { length: 255 }).notNull(),
    authType: mysqlEnum("auth_type", ["md5", "userpass", "google_oauth"]),
    nonceLifetime: int("nonce_lifetime"),
    md5Cred: varchar("md5_cred", { length: 40 }),
    password: varchar("password", { length: 80 }),
    realm: varchar("realm", { length: 255 }),
    username: varchar("username", { length: 40 }),
    refreshToken: varchar("refresh_token", { length: 255 }),
    oauthClientid: varchar("oauth_clientid", { length: 255 }),
    oauthSecret: varchar("oauth_secret", { length: 255 }),
    passwordDigest: varchar("password_digest", { length: 1024 }),
    supportedAlgorithmsUas: varchar("supported_algorithms_uas", { length: 1024 }),
    supportedAlgorithmsUac: varchar("supported_algorithms_uac", { length: 1024 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_auths_id").on(t.id)],
);
