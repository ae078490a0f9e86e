import { openAmqp } from "@/server/platform/amqp";
import { createLogger } from "@/server/platform/logger";

/** Answers so many requests and is then killed in the middle of its work. */
const [address = "", queue = "", most = "0"] = process.argv.slice(2);
const amqp = openAmqp({
  address,
  name: "test (to be killed)",
  log: createLogger({ level: "silent", process: "test" }),
});
setTimeout(() => process.exit(1), 120_000).unref(); // nobody came to kill it
let left = Number(most);
amqp.consume({
  queue,
  prefetch: 50,
  async onDelivery(delivery) {
    await new Promise((resolve) => setImmediate(resolve));
    delivery.reply(Buffer.from("done"));
    delivery.ack();
    if (--left === 0) setImmediate(() => process.kill(process.pid, "SIGKILL"));
  },
});
