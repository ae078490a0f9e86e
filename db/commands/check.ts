import { checkDatabase } from "../check";
import { forEachDatabase } from "./databases";

await forEachDatabase(async (target, dsn) => {
  const differences = await checkDatabase({ target, dsn });
  for (const difference of differences) console.log(`${target} (${dsn.database}): ${difference}`);
  console.log(
    `${target} (${dsn.database}): ${differences.length === 0 ? "as the schema has it" : `${differences.length} differences`}`,
  );
  return differences.length === 0;
});
