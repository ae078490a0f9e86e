import { hidden } from "../hidden";
import type { RedisConfig } from ".";

/** The servers that tests use: those of the environment, else those on the standard loopback ports. */
export function testServers(): { rabbitmq: string; redis: RedisConfig } {
  const [host = "127.0.0.1", port = "6379"] = (process.env.REDIS_ADDRESS || "127.0.0.1:6379").split(":");
  return {
    rabbitmq: process.env.RABBITMQ_ADDRESS || "amqp://guest:guest@127.0.0.1:5672",
    redis: {
      host,
      port: Number(port),
      password: process.env.REDIS_PASSWORD ? hidden(process.env.REDIS_PASSWORD) : null,
      database: Number(process.env.REDIS_DATABASE || "0"),
    },
  };
}
