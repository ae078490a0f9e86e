import { migrateDatabase } from "../migrate";
import { forEachDatabase } from "./databases";

await forEachDatabase(async (target, dsn) => {
  const name = `${target} (${dsn.database})`;
  const { created, altered, tokensHashed } = await migrateDatabase({
    target,
    dsn,
    log: (line) => console.log(`${name}: ${line}`),
  });
  const done = [
    created.length === 0 ? "" : `${created.length} tables created`,
    altered.length === 0 ? "" : `${altered.length} tables changed`,
    tokensHashed === 0 ? "" : `${tokensHashed} tokens hashed`,
  ].filter((part) => part !== "");
  console.log(`${name}: ${done.length === 0 ? "up to date" : done.join(", ")}`);
  return true;
});
