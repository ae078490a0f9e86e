"use client";

import { RotateCcw, Trash2 } from "lucide-react";
import { useI18n } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc, type DeadLetter } from "../trpc";
import { Button } from "../ui/button";
import { CopyButton, CopyId } from "../ui/copy";
import { Loaded } from "../ui/loaded";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import { sizeText } from "./columns";

/** One letter in full, as far as it is kept for looking at, and what can be done with it. */
export function LetterDetails({
  letter,
  onReplay,
  onDiscard,
}: {
  letter: DeadLetter;
  onReplay: () => void;
  onDiscard: () => void;
}) {
  const { t, format } = useI18n();
  const mayReplay = useRight("dead-letter:replay");
  const mayDiscard = useRight("dead-letter:discard");
  const whole = trpc.deadLetter.get.useQuery({ id: letter.id }, { staleTime: 60_000, retry: false });
  return (
    <div className="entry" id={`letter-${letter.id}`}>
      <dl className="dl dl--tight">
        <dt>{t("letters.queue")}</dt>
        <dd>
          <code>{letter.queue}</code>
          <CopyButton text={letter.queue} what={t("letters.queue")} />
        </dd>
        <dt>{t("letters.exchange")}</dt>
        <dd>{letter.exchange === "" ? t("letters.request") : <code>{letter.exchange}</code>}</dd>
        <dt>{t("letters.firstDeath")}</dt>
        <dd>
          <Time value={letter.firstDeath} />
          <span className="muted">{t("letters.deaths", { count: letter.deaths })}</span>
        </dd>
        <dt>{t("letters.messageId")}</dt>
        <dd>
          {letter.messageId === "" ? <Nothing /> : <CopyId id={letter.messageId} what={t("letters.messageId")} />}
        </dd>
        <dt>{t("letters.id")}</dt>
        <dd>
          <CopyId id={letter.id} what={t("letters.id")} />
        </dd>
      </dl>
      <Loaded query={whole} lines={3}>
        {({ excerpt }) => (
          <div className="codeblock-wrap">
            <pre className="codeblock codeblock--tall" tabIndex={0} aria-label={t("letters.body")}>
              {excerpt}
            </pre>
            <CopyButton text={excerpt} what={t("letters.body")} />
          </div>
        )}
      </Loaded>
      <p className="small muted">{t("letters.masked", { size: sizeText(format, letter.size) })}</p>
      {(mayReplay || mayDiscard) && (
        <span className="row">
          {mayReplay && (
            <Button size="sm" icon={RotateCcw} onClick={onReplay}>
              {t("letters.replay")}
            </Button>
          )}
          {mayDiscard && (
            <Button size="sm" tone="danger-quiet" icon={Trash2} onClick={onDiscard}>
              {t("letters.discardMenu")}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
