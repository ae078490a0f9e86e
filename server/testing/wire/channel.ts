import { connect, type ConfirmChannel } from "amqplib";

/** Does something on a connection of its own. */
export async function withChannel<T>(amqpUrl: string, work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const connection = await connect(amqpUrl, { noDelay: true });
  connection.on("error", () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on("error", () => undefined);
  try {
    return await work(channel);
  } finally {
    await connection.close();
  }
}
