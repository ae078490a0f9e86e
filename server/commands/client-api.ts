// Writes client/src/api.ts, the types of what access keys may call: run by npm run client:build. --check: only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { generateClientApi } from "./client-api/generate";

const PATH = "client/src/api.ts";
const text = await generateClientApi();
if (!process.argv.includes("--check")) writeFileSync(PATH, text);
else if (readFileSync(PATH, "utf8") !== text) {
  console.error(`${PATH} is not of the present procedures: run npm run client:build.`);
  process.exitCode = 1;
}
