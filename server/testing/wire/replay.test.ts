import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestQueue, subscribeQueue } from "@/server/platform/amqp";
import { bundle, type Bundles } from "./bundle";
import { startProcess, untilConsumed, type TestProcess } from "./process";
import { openStage, type Stage } from "./replay";
import { openSurroundings, type Surroundings } from "./surroundings";
import type { Vector } from "./vectors";

const DOMAINS = ["customer", "registrar"];
const vectors = DOMAINS.flatMap((domain) => {
  const folder = fileURLToPath(new URL(`fixtures/${domain}`, import.meta.url));
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Vector);
});

let surroundings: Surroundings;
let bundles: Bundles;
let stage: Stage;
let worker: TestProcess;

beforeAll(async () => {
  [surroundings, bundles] = await Promise.all([
    openSurroundings(),
    bundle({
      "worker.mjs": "server/worker.ts",
      "customer-control": "server/cli/customer-control.ts",
      "registrar-control": "server/cli/registrar-control.ts",
    }),
  ]);
  const env = { ...surroundings.env, SIBLINGS: "agent,billing,webhook,flow" };
  stage = await openStage({ ...surroundings, commands: bundles.folder, env });
  const providerUrl = `http://127.0.0.1:${stage.providerPort}/v2`;
  worker = startProcess(bundles.path("worker.mjs"), { ...env, TELNYX_API_URL: providerUrl });
  for (const service of ["customer-manager", "registrar-manager"])
    await untilConsumed(surroundings.amqpUrl, requestQueue(service), worker);
  await untilConsumed(surroundings.amqpUrl, subscribeQueue("registrar-manager"), worker);
}, 300_000);

afterAll(async () => {
  await worker?.stop();
  await stage?.close();
  bundles?.remove();
  await surroundings?.close();
});

// One after the other on one database, as they were recorded: a scenario may count on what earlier ones left.
describe("siblings get the answers, events and rows that they are used to", () => {
  test("there is something to replay", () => expect(vectors.length).toBeGreaterThanOrEqual(25));

  test.each(vectors.map((vector): [string, Vector] => [vector.scenario, vector]))("%s", async (_, vector) => {
    const differences = await stage.replay(vector);
    expect(differences, `${differences.join("\n")}\n${worker.output()}`).toEqual([]);
  });
});
