import { expect, test } from "vitest";
import { createMetrics } from "./metrics";

test("the platform's dashboards find their names, labels and buckets", async () => {
  const metrics = createMetrics({ process: "worker" });
  const customers = metrics.service("customer-manager");
  customers.observeReceivedRequest("/v1/customers", "GET", 99.9);
  customers.observeRequest("bin-manager.agent-manager.request", "agent/agents", "GET", 3);
  customers.observeNotify("customer_created", 1);
  metrics.service("registrar-manager").countSuccess("extension_create");
  metrics.service("number-manager").observeSubscribedEvent("flow-manager", "flow_deleted", 7);
  const text = await metrics.text();
  for (const line of [
    'customer_manager_receive_request_process_time_bucket{le="50",type="/v1/customers",method="GET"} 0',
    'customer_manager_receive_request_process_time_bucket{le="100",type="/v1/customers",method="GET"} 1',
    'customer_manager_receive_request_process_time_bucket{le="3000",type="/v1/customers",method="GET"} 1',
    'customer_manager_receive_request_process_time_sum{type="/v1/customers",method="GET"} 99',
    'customer_manager_request_process_time_count{target="bin-manager.agent-manager.request",resource="agent/agents",method="GET"} 1',
    'customer_manager_notify_total{type="customer_created"} 1',
    'customer_manager_notify_process_time_count{type="customer_created"} 1',
    'number_manager_receive_subscribe_event_process_time_count{publisher="flow-manager",type="flow_deleted"} 1',
    "registrar_manager_extension_create_total 1",
  ]) {
    expect(text).toContain(line);
  }
  for (const name of [
    "customer_manager_event_publish_total",
    "number_manager_number_create_total",
    "number_manager_request_external_process_time",
    "webhook_manager_notify_total",
    "outdial_manager_notify_total",
  ]) {
    expect(text).toContain(`# TYPE ${name} `);
  }
  expect(text).not.toContain("outdial_manager_receive_subscribe_event_process_time");
});

test("no caller can make metrics grow without bound", async () => {
  const metrics = createMetrics({ process: "worker", services: ["customer-manager"] });
  for (let i = 0; i < 2_000; i++) {
    metrics.observeTrpc(`guess.${i}`, 1);
    metrics.service("customer-manager").observeReceivedRequest("notfound", `VERB${i}`, 1);
  }
  const text = await metrics.text();
  expect(
    text.split("\n").filter((line) => line.startsWith("voipbin_admin_trpc_duration_seconds_count")).length,
  ).toBeLessThan(600);
  expect(text).toContain('customer_manager_receive_request_process_time_count{type="notfound",method="other"} 2000');
});

test("figures of others are asked for at each scrape, and one that fails or hangs costs nothing but itself", async () => {
  const metrics = createMetrics({ process: "worker" });
  let waiting = 3;
  metrics.watch({
    queues: () =>
      Promise.resolve(
        new Map([
          ["bin-manager.customer-manager.request", { messages: 4, consumers: 2 }],
          ["bin-manager.gone.request", null],
        ]),
      ),
    outbox: () => Promise.resolve({ waiting, oldestSeconds: 1.5 }),
    jobs: () => Promise.reject(new Error("the database is down")),
    receipts: () => new Promise(() => undefined),
    pools: () => ({ bin: { size: 20, used: 1, idle: 2, waiting: 0 } }),
    parts: () => ({ redis: false }),
  });
  const first = await metrics.text();
  expect(first).toContain('voipbin_admin_queue_messages{queue="bin-manager.customer-manager.request"} 4');
  expect(first).toContain("voipbin_admin_outbox_waiting 3");
  expect(first).toContain('voipbin_admin_database_connections{pool="bin",state="idle"} 2');
  expect(first).toContain('voipbin_admin_part_up{part="redis"} 0');
  waiting = 0;
  expect(await metrics.text()).toContain("voipbin_admin_outbox_waiting 0");
});
