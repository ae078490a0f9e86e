import { afterAll, beforeAll, expect, test } from "vitest";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";
import { openAsker, type Answer, type Asker } from "./asker";
import { bundle, type Bundles } from "./bundle";
import { idOf } from "./other-ways";
import { startProcess, untilConsumed, type TestProcess } from "./process";
import { makers, queueOf, SERVED } from "./served";
import { openSurroundings, type Surroundings } from "./surroundings";

const PATIENCE_MS = 60_000;
/** Of each kind of record. */
const RECORDS = 30;

let surroundings: Surroundings;
let bundles: Bundles;
let proxy: TcpProxy;
let worker: TestProcess;
let askers: Asker[] = [];

/** The worker's way to the broker can be broken; the askers' is another. */
beforeAll(async () => {
  [surroundings, bundles] = await Promise.all([openSurroundings(), bundle({ "worker.mjs": "server/worker.ts" })]);
  const broker = new URL(surroundings.amqpUrl);
  proxy = await startTcpProxy({ host: broker.hostname, port: Number(broker.port || 5672) });
  [broker.hostname, broker.port] = ["127.0.0.1", String(proxy.port)];
  worker = startProcess(bundles.path("worker.mjs"), { ...surroundings.env, RABBITMQ_ADDRESS: broker.toString() });
  await isServed();
  askers = await Promise.all(SERVED.map((served) => openAsker(surroundings.amqpUrl, queueOf(served))));
}, 300_000);
afterAll(async () => {
  for (const asker of askers) await asker.close();
  await worker?.stop();
  await proxy?.close();
  bundles?.remove();
  await surroundings?.close();
});

async function isServed(): Promise<void> {
  for (const served of SERVED) await untilConsumed(surroundings.amqpUrl, queueOf(served), worker);
}

test("what is in work while the broker is lost is done once, and answered once it is back", async () => {
  const ask = (): Promise<Answer>[] =>
    SERVED.flatMap((served, index) =>
      makers(served).flatMap(({ method, template, good }) =>
        Array.from({ length: RECORDS }, () => (askers[index] as Asker).call(method, template, good?.(), PATIENCE_MS)),
      ),
    );
  const asked: Promise<Answer>[] = [];
  // The worker may be done with everything before it is noticed here that it has begun: then it is given more.
  for (let rounds = 0, inWork = 0; inWork === 0; rounds++) {
    expect(rounds).toBeLessThan(20);
    proxy.resume();
    await isServed();
    const round = ask();
    asked.push(...round);
    await Promise.race(round);
    proxy.refuse();
    inWork = (await Promise.all(round.map((each) => Promise.race([each, null])))).filter(
      (each) => each === null,
    ).length;
  }
  proxy.resume();

  const answers = await Promise.all(asked);
  for (const answer of answers) expect(answer).toMatchObject({ status_code: 200, faults: [] });
  await isServed();
  const made = await surroundings.rows<{ id: string }>(
    "select resource_id as id from admin_audit where action like '%.create'",
  );
  expect(made.map(({ id }) => id).sort()).toEqual(answers.map(idOf).sort());
}, 300_000);
