"use client";

import { CircleCheck, Hand, Wrench } from "lucide-react";
import { FormFailure } from "../forms/form-failure";
import { useAttempt } from "../forms/use-attempt";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useRight } from "../shell/session";
import { trpc, type DriftFinding, type DriftPlan } from "../trpc";
import { Button } from "../ui/button";
import { CopyId } from "../ui/copy";
import { Loaded } from "../ui/loaded";
import { Note } from "../ui/note";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import { toast } from "../ui/toast";
import { differenceText } from "./columns";

/** What one difference means, what a repair would write, and the repair. */
export function FindingDetails({ finding, onChange }: { finding: DriftFinding; onChange: () => void }) {
  const t = useT();
  const plan = trpc.drift.plan.useQuery(
    { id: finding.id },
    { staleTime: 0, gcTime: 0, retry: false, refetchOnWindowFocus: false },
  );
  return (
    <div className="entry" id={`finding-${finding.id}`}>
      <p>{t(`drift.meanings.${finding.kind}`)}</p>
      <dl className="dl dl--tight">
        <dt>{t("drift.differs")}</dt>
        <dd>
          <code className="wrap">{differenceText(finding)}</code>
        </dd>
        <dt>{t("drift.customer")}</dt>
        <dd>
          {finding.customerId === null ? <Nothing /> : <CopyId id={finding.customerId} what={t("drift.customer")} />}
        </dd>
        <dt>{t("drift.seen")}</dt>
        <dd>
          <Time value={finding.tmSeen} />
        </dd>
      </dl>
      <Loaded query={plan} lines={3}>
        {(found) => <Plan plan={found} onChange={onChange} />}
      </Loaded>
    </div>
  );
}

function Plan({ plan, onChange }: { plan: DriftPlan; onChange: () => void }) {
  const t = useT();
  const mayRepair = useRight("drift:repair");
  if (plan.state === "gone")
    return (
      <Note icon={CircleCheck} tone="info">
        <p>{t("drift.gone")}</p>
      </Note>
    );
  if (plan.state === "by-hand")
    return (
      <Note icon={Hand} tone="info">
        <p>{t(plan.finding.kind === "foreign" ? "drift.notOurs" : "drift.byHand")}</p>
      </Note>
    );
  return (
    <>
      <p className="small">
        <b>{t("drift.plan")}</b>
      </p>
      <pre className="codeblock" tabIndex={0} aria-label={t("drift.plan")}>
        {plan.steps.map(stepText).join("\n")}
      </pre>
      <p className="small muted">{t("drift.planNote")}</p>
      {mayRepair && <Repair id={plan.finding.id} onChange={onChange} />}
    </>
  );
}

/** `update asterisk.ps_auths  1001@…  password = ••••••••` */
const stepText = ({ database, table, action, key, values }: DriftPlan["steps"][number]): string => {
  const set = Object.entries(values).map(([column, value]) => `\n    ${column} = ${value === "" ? "''" : value}`);
  return `${action} ${database}.${table}  ${key}${set.join("")}`;
};

function Repair({ id, onChange }: { id: string; onChange: () => void }) {
  const t = useT();
  const { attempt, busy, failure } = useAttempt();
  const repair = trpc.drift.repair.useMutation(useIdempotency());
  const submit = async () => {
    const { state } = await repair.mutateAsync({ id });
    toast(t(state === "gone" ? "drift.wasGone" : "drift.repaired"));
    onChange();
  };
  return (
    <>
      <FormFailure failure={failure} />
      <span className="row">
        <Button size="sm" tone="primary" icon={Wrench} busy={busy} onClick={() => void attempt(submit)}>
          {t("drift.repair")}
        </Button>
      </span>
    </>
  );
}
