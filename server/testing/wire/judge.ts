import { compare, isRecord, show } from "./compare";
import type { OurExpectation, Reply, Seen, Step, StepResult } from "./vectors";

/** What one scenario has learned so far. */
export interface Knowledge {
  /** Values of the placeholders. */
  bound: Map<string, string>;
  /** Secrets that were shown once and must not be again. */
  secrets: Set<string>;
}

/** Differences of one step, in words. `ours` says where we decided to differ from the original. */
export function judge(step: Step, result: StepResult, known: Knowledge): string[] {
  const { either } = step.ours ?? {};
  if (either === undefined) return judgeStep(step, result, known);
  const tries = either.map((ours) => {
    const bound = new Map(known.bound);
    return { bound, out: judge({ ...step, ours }, result, { ...known, bound }) };
  });
  const best = tries.reduce((a, b) => (b.out.length < a.out.length ? b : a));
  for (const [name, value] of best.bound) known.bound.set(name, value);
  return best.out;
}

function judgeStep(step: Step, result: StepResult, { bound, secrets }: Knowledge): string[] {
  const { original = {}, ours = {} } = step;
  const out: string[] = [];
  if (step.rpc !== undefined) out.push(...judgeReply(step, result.reply ?? { timeout: true }, { bound, secrets }));

  const events = ours.events ?? original.events ?? [];
  if (events !== "any")
    out.push(...compare(sorted(events.map(ofService)), sorted(result.events ?? []), bound, "events", { secrets }));

  const siblings = ours.siblings ?? original.siblings;
  if (siblings !== undefined && siblings !== "any") {
    const counted = (list: Seen[]): Seen[] => sorted(list.filter((each) => counts(ours, String(each.service))));
    out.push(...compare(counted(siblings), counted(result.siblings ?? []), bound, "siblings", { subset: true }));
  }
  if (ours.provider !== undefined && ours.provider !== "any") {
    const of = new RegExp(ours.providerOf ?? "");
    const called = (result.provider ?? []).filter((each) => of.test(`${String(each.method)} ${String(each.path)}`));
    out.push(...compare(ours.provider, called, bound, "provider", { subset: true }));
  }
  const rows = ours.rows ?? original.rows;
  if (step.rows !== undefined && rows !== "any")
    out.push(...compare(rows, result.rows, bound, "rows", { subset: true }));
  return step.cli === undefined ? out : out.concat(judgeCommand(step, result, bound));
}

function judgeReply({ original = {}, ours = {} }: Step, reply: Reply, { bound, secrets }: Knowledge): string[] {
  const came = reply.status_code ?? 0;
  if (ours.orRefused === true && came >= 400) return failureOf(reply);
  if (ours.silent === true) return reply.timeout === true ? [] : [`a reply where none is due: ${show(reply)}`];
  const want = ours.reply ?? original.reply;
  if (want === "any") return reply.timeout === true ? ["no reply"] : came >= 300 ? failureOf(reply) : [];
  if (ours.status !== undefined || want === undefined || want.timeout === true || (want.status_code ?? 0) >= 300)
    return failureOf(reply, ours.status);
  if (reply.timeout === true) return ["no reply"];
  return came >= 300 ? [`refused: ${show(reply)}`] : compare(want, reply, bound, "reply", { secrets });
}

/** What a failure must look like, whatever the original answered (contract/README "Fix" 1). */
export function failureOf(reply: Reply, status?: number): string[] {
  if (reply.timeout === true) return ["no reply"];
  const out: string[] = [];
  const came = reply.status_code ?? 0;
  if (status === undefined ? came < 400 || came > 599 : came !== status)
    out.push(`status ${came}, want ${status ?? "400 to 599"}`);
  if (reply.data_type !== "voipbin_error") out.push(`data_type ${show(reply.data_type)}, want "voipbin_error"`);
  for (const key of ["status", "reason", "domain", "message"]) {
    const text = isRecord(reply.data) ? reply.data[key] : undefined;
    if (typeof text !== "string" || text === "") out.push(`data.${key} is missing`);
  }
  return out;
}

function judgeCommand({ original = {}, ours = {} }: Step, result: StepResult, bound: Map<string, string>): string[] {
  const want = ours.cli ?? original.cli;
  if (want === "any" || want === undefined) return [];
  const got = result.cli ?? { exit: "never run", output: "" };
  if ((want.exit === 0) !== (got.exit === 0)) return [`cli: exit ${got.exit}, want ${want.exit}: ${show(got.output)}`];
  return want.exit === 0 ? compare(want.output, got.output, bound, "cli") : [];
}

/** What a command changes is published under its service's name (contract/README "Fix" 5). */
const ofService = (event: Seen): Seen =>
  typeof event.publisher === "string"
    ? { ...event, publisher: event.publisher.replace(/-control$/, "-manager") }
    : event;

const counts = ({ siblingsOf }: OurExpectation, service: string): boolean => siblingsOf?.includes(service) ?? true;

function sorted(list: readonly Seen[]): Seen[] {
  return list
    .map((each) => ({ each, key: keyOf(each) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ each }) => each);
}

function keyOf(each: Seen): string {
  const data = isRecord(each.data) ? each.data : {};
  const inner = isRecord(data.data) ? data.data : {};
  return [each.exchange, each.type, each.service, each.method, inner.type, data.name]
    .map((part) => (part === undefined ? "" : String(part)))
    .join("");
}
