import { mysqlTable, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const stirTn = mysqlTable("stir_tn", {
  id: varchar("id", { length: 80 }).primaryKey(),
  privateKeyFile: varchar("private_key_file", { length: 1024 }),
  publicCertUrl: varchar("public_cert_url", { length: 1024 }),
  attestLevel: varchar("attest_level", { length: 1 }),
  sendMky: flag("send_mky"),
});
