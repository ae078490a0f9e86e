import { defineConfig } from "drizzle-kit";

/** `DB_TARGET` picks the database; scripts/db-generate.mjs runs it for both. */
const target = process.env.DB_TARGET === "asterisk" ? "asterisk" : "bin";

export default defineConfig({
  dialect: "mysql",
  schema: `./db/${target}/schema/*.ts`,
  out: process.env.DB_MIGRATIONS ?? `./db/${target}/migrations`,
});
