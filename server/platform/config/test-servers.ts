/** The servers that tests use: those of the environment, else those on the standard loopback ports. */
export function testServers(): { rabbitmq: string; redis: { host: string; port: number } } {
  const [host = "127.0.0.1", port = "6379"] = (process.env.REDIS_ADDRESS || "127.0.0.1:6379").split(":");
  return {
    rabbitmq: process.env.RABBITMQ_ADDRESS || "amqp://guest:guest@127.0.0.1:5672",
    redis: { host, port: Number(port) },
  };
}
