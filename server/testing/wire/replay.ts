import { execFile } from "node:child_process";
import { join } from "node:path";
import mysql, { type Connection } from "mysql2/promise";
import { expect, vi } from "vitest";
import { subscribeQueue } from "@/server/platform/amqp";
import { withChannel } from "./channel";
import { isRecord } from "./compare";
import { parse, playPlatform } from "./broker";
import { judge, type Knowledge } from "./judge";
import { playProvider } from "./provider";
import type { Action, CommandCall, CommandOutcome, Step, StepResult, Vector } from "./vectors";

export interface StageOptions {
  amqpUrl: string;
  /** `mysql://` addresses. */
  bin: string;
  asterisk: string;
  /** Where the commands are, and what they run with. */
  commands: string;
  env: NodeJS.ProcessEnv;
}

/** Where scenarios are played: everything around the worker that answers. */
export interface Stage {
  /** Where the worker finds the played provider. */
  providerPort: number;
  /** Plays a scenario. @returns every difference, as "step: what differs" */
  replay(vector: Vector): Promise<string[]>;
  close(): Promise<void>;
}

/** Where the worker hears siblings. */
const INBOXES = ["registrar-manager"].map(subscribeQueue);

const SETTLE_MOST_MS = 60_000;

export async function openStage(options: StageOptions): Promise<Stage> {
  const platform = await playPlatform(options.amqpUrl);
  const provider = await playProvider();
  const open = (uri: string): Promise<Connection> =>
    mysql.createConnection({
      uri,
      dateStrings: true,
      timezone: "Z",
      multipleStatements: true,
      supportBigNumbers: true,
    });
  const databases = { bin: await open(options.bin), asterisk: await open(options.asterisk) };

  /** Waits until nothing is left to be published or done, and all of it has been noticed. */
  async function settle(): Promise<void> {
    const end = Date.now() + SETTLE_MOST_MS;
    while (Date.now() < end) {
      const [rows] = await databases.bin.query(
        `select (select count(*) from admin_outbox where state = 0)
              + (select count(*) from admin_jobs where state in ('queued', 'running')) as waiting`,
      );
      if (Number((rows as { waiting: number }[])[0]?.waiting) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await platform.catchUp();
  }

  /** Waits until no sibling's event waits for the worker any more. */
  const taken = (): Promise<void> =>
    withChannel(options.amqpUrl, (channel) =>
      vi.waitFor(
        async () => {
          for (const queue of INBOXES) expect((await channel.checkQueue(queue)).messageCount).toBe(0);
        },
        { timeout: SETTLE_MOST_MS, interval: 20 },
      ),
    );

  async function run({ rpc, event, sql, rows, cli, sleepMs }: Action): Promise<StepResult> {
    platform.events.length = platform.siblings.length = provider.requests.length = 0;
    const result: StepResult = {};
    if (rpc !== undefined) {
      result.reply = await platform.ask(rpc);
      if (rpc.count === true && Array.isArray(result.reply.data))
        result.reply.data = { count: result.reply.data.length };
    }
    if (event !== undefined) {
      const { service, type, data, publisher = service, raw } = event;
      platform.publishEvent(service, raw ?? JSON.stringify({ type, publisher, data_type: "application/json", data }));
      await platform.catchUp();
      await taken();
      await new Promise((resolve) => setTimeout(resolve, event.waitMs ?? 500)); // nothing tells when a sibling's event was handled
    }
    if (sql !== undefined) await databases[sql.db].query(sql.query);
    if (cli !== undefined) result.cli = await runCommand(options, cli);
    if (sleepMs !== undefined) await new Promise((resolve) => setTimeout(resolve, sleepMs));
    if (rpc !== undefined || event !== undefined || cli !== undefined) {
      await settle();
      if (platform.events.length > 0) result.events = [...platform.events];
      if (platform.siblings.length > 0) result.siblings = [...platform.siblings];
      if (provider.requests.length > 0) result.provider = [...provider.requests];
    }
    if (rows !== undefined) {
      const [found] = await databases[rows.db].query(rows.query);
      result.rows = (found as Record<string, unknown>[]).map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, readable(value)])),
      );
    }
    return result;
  }

  return {
    providerPort: provider.port,
    async replay(vector) {
      const known: Knowledge = { bound: new Map(), secrets: new Set() };
      const variables: Record<string, unknown> = {};
      const differences: string[] = [];
      platform.answers = vector.answers ?? [];
      provider.begin(vector.provider ?? []);
      for (const step of vector.steps) {
        if (step.answers !== undefined) platform.answers = step.answers;
        if (step.provider !== undefined) provider.answer(step.provider);
        const { rpc, event, sql, rows, cli, sleepMs } = step;
        const result = await run(fill({ rpc, event, sql, rows, cli, sleepMs }, variables) as Action);
        for (const [name, path] of Object.entries(step.capture ?? {})) variables[name] = at(result, path);
        keepSecrets(step, result, known.secrets);
        differences.push(...judge(step, result, known).map((difference) => `${step.name}: ${difference}`));
      }
      return differences;
    },
    async close() {
      await provider.close();
      await platform.close();
      for (const each of Object.values(databases)) await each.end();
    },
  };
}

function runCommand(
  { commands, env }: Pick<StageOptions, "commands" | "env">,
  call: CommandCall,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = execFile(
      join(commands, call.command),
      call.args ?? [],
      { timeout: 60_000, env: { ...env, ...call.env } },
      (error, stdout) => {
        const text = stdout.trim();
        const parsed = parse(Buffer.from(text));
        const output = isRecord(parsed) && "unparsable" in parsed ? text : parsed;
        resolve({ exit: error === null ? 0 : (error.code ?? "killed"), output });
      },
    );
    child.stdin?.end(call.input ?? "");
  });
}

/** What a reply shows in clear where it may; it must not show anywhere else. */
function keepSecrets(step: Step, result: StepResult, secrets: Set<string>): void {
  const data = result.reply?.data;
  const reply = step.ours?.reply ?? step.original?.reply;
  const want = reply === undefined || reply === "any" ? undefined : reply.data;
  for (const key of ["token", "password"]) {
    const value = isRecord(data) ? data[key] : undefined;
    const wanted = isRecord(want) ? want[key] : undefined;
    if (typeof value === "string" && value !== "" && wanted !== "<masked>") secrets.add(value);
  }
}

/** Fills `{{name}}` in every text (`{{name|upper}}` in capitals); a text that is nothing but it becomes the value itself. */
function fill(value: unknown, variables: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === "string") {
    const whole = /^\{\{([\w.]+)\}\}$/.exec(value)?.[1];
    if (whole !== undefined) return variables[whole];
    return value.replace(/\{\{([\w.]+)(\|upper)?\}\}/g, (_, name: string, upper: string | undefined) => {
      const text = String(variables[name]);
      return upper === undefined ? text : text.toUpperCase();
    });
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, variables));
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [key, fill(each, variables)]),
    );
  return value;
}

/** The value at a dotted path such as `reply.data.0.id`. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)] as unknown;
    return isRecord(inner) ? inner[key] : undefined;
  }, value);
}

function readable(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value;
  if (value.length !== 16) return value.toString("utf8");
  return value.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
