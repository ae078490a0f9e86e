"use client";

import { Building2, CircleCheck, Plus, TriangleAlert } from "lucide-react";
import { AuditSummary } from "../audit/audit-summary";
import { customerName } from "../customers/customer-name";
import { CustomerStatus, isDeleting, sumSteps } from "../customers/customer-status";
import { PartState } from "../health/part-state";
import { usePartWords } from "../health/part-words";
import { useI18n, useT } from "../i18n/provider";
import { isBlank } from "../lib/keys";
import { PageHead } from "../shell/page-head";
import { useRight, useSession } from "../shell/session";
import { trpc } from "../trpc";
import { ButtonLink } from "../ui/button";
import { Figure } from "../ui/figure";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { AttentionCard } from "./attention-card";
import { HomeCard } from "./home-card";
import { ExpiringCard } from "./expiring-card";
import { GrowthCard } from "./growth-card";
import { DELETED_INPUT, LATEST_INPUT, USED_INPUT } from "./inputs";
import { PhonesCard, PhonesFigure } from "./phones";
import { HoverLink } from "../ui/hover-link";
import { Loaded } from "../ui/loaded";

const POLL_MS = 1_500;

/** What one wants to know first; each card loads, and fails, on its own. */
export function HomePage() {
  const t = useT();
  const { tenant, user } = useSession();
  const mayHealth = useRight("health:read");
  const mayAudit = useRight("audit:read");
  const mayKeys = useRight("access-key:read");
  const mayPhones = useRight("registration:read");
  const mayCreate = useRight("customer:create");
  return (
    <>
      <PageHead
        title={t("nav.home")}
        meta={<span>{t("home.hello", { name: user.name })}</span>}
        actions={
          mayCreate && (
            <ButtonLink tone="primary" icon={Plus} href="/customers/new">
              {t("customers.create")}
            </ButtonLink>
          )
        }
      />
      <div className="stack">
        <div className="grid grid--kpi">
          <CustomersFigure />
          {tenant.all && <DeletedFigure />}
          {mayPhones && <PhonesFigure />}
          {mayKeys && <KeysFigure />}
        </div>
        <div className="grid">
          {mayHealth && <AttentionCard />}
          {mayKeys && <ExpiringCard />}
          {mayPhones && <PhonesCard />}
          {tenant.all && <GrowthCard />}
          <LatestCustomers />
          {mayAudit && (
            <HomeCard id="changes" title={t("home.changes")} href="/activity/audit" className="col-7">
              <AuditSummary />
            </HomeCard>
          )}
          {mayHealth && <HealthCard />}
        </div>
      </div>
    </>
  );
}

function useCount(total: { count: number; estimated: boolean } | undefined): string | undefined {
  const { t, number } = useI18n();
  if (total === undefined) return undefined;
  const text = number(total.count);
  return total.estimated ? t("home.moreThan", { count: text }) : text;
}

function CustomersFigure() {
  const t = useT();
  const { data, isError } = trpc.customer.list.useQuery(LATEST_INPUT);
  const value = useCount(data?.total);
  const latest = data?.items[0];
  return (
    <Figure
      label={t("customers.title")}
      href="/customers"
      value={isError ? "–" : value}
      note={latest === undefined ? t("home.noCustomers") : <Latest time={latest.tmCreate} />}
    />
  );
}

const Latest = ({ time }: { time: string }) => {
  const t = useT();
  return (
    <>
      {t("home.latest")} <Time value={time} quiet />
    </>
  );
};

function DeletedFigure() {
  const t = useT();
  const { data, isError } = trpc.customer.list.useQuery(DELETED_INPUT, {
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ deletion }) => isDeleting(deletion)) === true ? POLL_MS : false,
  });
  const value = useCount(data?.total);
  const running = data?.items.find(({ deletion }) => isDeleting(deletion));
  if (running?.deletion !== undefined && running.deletion !== null) {
    const { done, total } = sumSteps(running.deletion);
    return (
      <Figure
        label={t("home.deleting", { name: customerName(running) })}
        href={`/customers/${running.id}`}
        value={
          <>
            {total === 0 ? 0 : Math.round((done / total) * 100)} <small>%</small>
          </>
        }
      >
        <Meter label={t("deletion.progress")} done={done} total={total} />
      </Figure>
    );
  }
  return (
    <Figure
      label={t("customers.viewDeleted")}
      href="/customers?view=deleted"
      value={isError ? "–" : value}
      note={t("home.deletedNote")}
    />
  );
}

/** How many keys somebody uses. */
function KeysFigure() {
  const t = useT();
  const { data, isError } = trpc.accessKey.list.useQuery(USED_INPUT);
  const value = useCount(data?.total);
  const latest = data?.items[0];
  return (
    <Figure
      label={t("home.keysUsed")}
      href="/access-keys?view=used"
      value={isError ? "–" : value}
      note={latest === undefined ? t("home.keysUsedNone") : <Latest time={latest.tmUsed} />}
    />
  );
}

function LatestCustomers() {
  const t = useT();
  const mayCreate = useRight("customer:create");
  const list = trpc.customer.list.useQuery(LATEST_INPUT);
  return (
    <HomeCard id="newest" title={t("home.newest")} href="/customers" className="col-5">
      <Loaded query={list} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <State icon={Building2} title={t("customers.noneTitle")} text={t("customers.noneText")}>
              {mayCreate && (
                <span className="row">
                  <ButtonLink icon={Plus} href="/customers/new">
                    {t("customers.create")}
                  </ButtonLink>
                </span>
              )}
            </State>
          ) : (
            <ul className="list">
              {items.map((customer) => (
                <li key={customer.id}>
                  <HoverLink className="list__row" href={`/customers/${customer.id}`}>
                    <Icon of={Building2} tone="idle" />
                    <span className="two">
                      <b className="list__title trunc">{customerName(customer)}</b>
                      <span className="trunc">
                        {isBlank(customer.name) ? <CustomerStatus customer={customer} /> : customer.email}
                      </span>
                    </span>
                    <span className="list__end">
                      <Time value={customer.tmCreate} quiet />
                    </span>
                  </HoverLink>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </HomeCard>
  );
}

function HealthCard() {
  const t = useT();
  const words = usePartWords();
  const query = trpc.health.get.useQuery(undefined, { staleTime: 30_000 });
  return (
    <HomeCard id="parts" title={t("home.installation")} href="/operations/health" className="col-5">
      <Loaded query={query} lines={1}>
        {({ parts }) => (
          <ul className="parts">
            {parts.map((part) => (
              <li key={part.name}>
                <Icon
                  of={part.state === "ok" ? CircleCheck : TriangleAlert}
                  size="sm"
                  tone={part.state === "ok" ? "ok" : part.state === "down" ? "bad" : "warn"}
                />
                <span className="strong">{words(part).label}</span>
                {part.state === "ok" ? (
                  <span className="muted">{part.latencyMs === null ? "" : `${part.latencyMs} ms`}</span>
                ) : (
                  <PartState state={part.state} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </HomeCard>
  );
}
