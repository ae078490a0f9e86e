import { hostname } from "node:os";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { accessKeyDeletionStep, customerBulkActions } from "@/server/domain/customer";
import type { DeadLetterStore, DeadLetterView } from "@/server/domain/operations";
import {
  adminDeletionStep,
  type AttemptLimiter,
  type PasswordHasher,
  type RelyingParty,
  type SecretBox,
} from "@/server/domain/admin";
import {
  type HandoverPort,
  driftBulkActions,
  extensionDeletionStep,
  importActions,
  sipBulkActions,
  trunkDeletionStep,
} from "@/server/domain/registrar";
import { noCache, type Cache } from "@/server/kernel/cache";
import { createClock } from "@/server/kernel/clock";
import type { Log, Ports, Runtime } from "@/server/kernel/context";
import { createAgentDirectory } from "@/server/rpc/client/agents";
import { createBillingAccounts } from "@/server/rpc/client/billing";
import type { RequestTransport } from "@/server/rpc/client/sibling";
import { findAsker } from "./jobs/asker";
import { announceOn } from "./live/hub";
import { openAmqp, type Amqp, type DeadLetter } from "./platform/amqp";
import type { CliConfig, CommonConfig } from "./platform/config";
import { createLogger, type Logger } from "./platform/logger";
import type { ServiceMetrics } from "./platform/metrics";
import { redactText } from "./platform/redact";
import { openRedis } from "./platform/redis";

/** Relays in other processes are told through Redis that something waits; they also look by themselves. */
export const NUDGE_CHANNEL = "outbox";

export interface RuntimeParts {
  db: Database;
  asterisk: Database | null;
  cache: Cache;
  log: Log;
  config: CommonConfig;
  transport: RequestTransport | null;
  nudgeRelay: () => void;
  nudgeJobs: () => void;
  announce: Runtime["announce"];
  passwords?: PasswordHasher;
  signInAttempts?: AttemptLimiter;
  secrets?: SecretBox;
  relyingParty?: RelyingParty;
  handover?: HandoverPort;
  deadLetters?: DeadLetterStore;
  /** Each process that serves siblings or people has to say where its successes are counted; commands are scraped by nobody. */
  countSip: Ports["countSip"];
}

/** What the verbs of one process share. Siblings are asked only where the configuration says they exist. */
export function createRuntime(parts: RuntimeParts): Runtime {
  const { config, transport } = parts;
  const sibling = <Port>(name: "agent" | "billing", create: (transport: RequestTransport) => Port): Port | null =>
    transport !== null && config.siblings.has(name) ? create(transport) : null;
  return {
    db: parts.db,
    asterisk: parts.asterisk,
    cache: parts.cache,
    now: createClock(),
    log: parts.log,
    nudgeRelay: parts.nudgeRelay,
    nudgeJobs: parts.nudgeJobs,
    announce: parts.announce,
    ports: {
      agents: sibling("agent", createAgentDirectory),
      billing: sibling("billing", createBillingAccounts),
      sipDomains: config.domains,
      countSip: parts.countSip,
      customerDeletion: [accessKeyDeletionStep, trunkDeletionStep, extensionDeletionStep, adminDeletionStep],
      bulkActions: [...customerBulkActions, ...sipBulkActions, ...driftBulkActions, ...importActions],
      findAsker,
      passwords: parts.passwords ?? null,
      signInAttempts: parts.signInAttempts ?? null,
      secrets: parts.secrets ?? null,
      relyingParty: parts.relyingParty ?? null,
      handover: parts.handover ?? null,
      deadLetters: parts.deadLetters ?? null,
    },
  };
}

/** Asterisk's database, where the configuration has one. */
export function openAsterisk(config: Pick<CommonConfig, "databaseAsterisk">, size: number): Database | null {
  return config.databaseAsterisk === null ? null : openDatabase(config.databaseAsterisk.reveal(), { size });
}

/** Requests to siblings, counted under the service in whose name they are sent. */
export function meteredTransport(
  amqp: Pick<Amqp, "request">,
  metrics: Pick<ServiceMetrics, "observeRequest">,
): RequestTransport {
  return {
    async request(queue, body, { timeoutMs, resource, method }) {
      const started = performance.now();
      try {
        return await amqp.request(queue, body, { timeoutMs });
      } finally {
        metrics.observeRequest(queue, resource, method, performance.now() - started);
      }
    },
  };
}

const EXCERPT_CHARACTERS = 300;
const WHOLE_CHARACTERS = 20_000;

/** The dead-letter queue as people may see it: what looks like a secret is masked. */
export function shownDeadLetters({ deadLetters }: Pick<Amqp, "deadLetters">): DeadLetterStore {
  const shown = ({ body, messageId, ...rest }: DeadLetter, most: number): DeadLetterView => ({
    ...rest,
    messageId: messageId ?? "",
    excerpt: redactText(body.toString("utf8")).slice(0, most),
  });
  return {
    count: () => deadLetters.count(),
    async peek(limit) {
      return (await deadLetters.peek(limit)).map((letter) => shown(letter, EXCERPT_CHARACTERS));
    },
    async find(id) {
      const letter = await deadLetters.find(id);
      return letter === null ? null : shown(letter, WHOLE_CHARACTERS);
    },
    replay: (which) => deadLetters.replay(which),
    discard: (which) => deadLetters.discard(which),
  };
}

/** Tells one process of many from the others, in logs and claims. */
export const processName = (kind: string): string => `${kind}@${hostname()}:${process.pid}`.slice(0, 64);

export interface CommandRuntime {
  runtime: Runtime;
  log: Logger;
  close(): Promise<void>;
}

/**
 * What a command needs: the database; Redis and RabbitMQ where they are configured. Neither has to be up: without Redis
 * the caches are told later by the relay, and RabbitMQ is asked for only where a sibling is.
 */
export async function openCommandRuntime(name: string, config: CliConfig): Promise<CommandRuntime> {
  const log = createLogger({ level: config.logLevel === "info" ? "warn" : config.logLevel, process: name });
  const db = openDatabase(config.database.reveal(), { size: 4 });
  const asterisk = openAsterisk(config, 4);
  const redis = config.redis === null ? null : openRedis({ ...config.redis, log });
  const amqp =
    config.rabbitmq === null || config.siblings.size === 0
      ? null
      : openAmqp({ address: config.rabbitmq.reveal(), name, log });
  await redis?.ready(500);
  const nudge = (): void => void redis?.publish(NUDGE_CHANNEL, "");
  const runtime = createRuntime({
    db,
    asterisk,
    cache: redis ?? noCache,
    log,
    config,
    countSip: undefined,
    transport:
      amqp === null
        ? null
        : {
            request: (queue, body, options) =>
              amqp.request(queue, body, { timeoutMs: options.timeoutMs, waitMs: 2_000 }),
          },
    nudgeRelay: nudge,
    nudgeJobs: nudge,
    announce: redis === null ? () => undefined : announceOn(redis),
  });
  return {
    runtime,
    log,
    async close() {
      await amqp?.close();
      await redis?.close();
      await closeDatabase(db);
      if (asterisk !== null) await closeDatabase(asterisk);
    },
  };
}
