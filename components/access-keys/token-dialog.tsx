"use client";

import { customerName } from "../customers/customer-name";
import { useT } from "../i18n/provider";
import type { Outputs } from "../trpc";
import { CopyButton } from "../ui/copy";
import { ShownOnceDialog } from "../ui/shown-once";
import { Time } from "../ui/time";
import { keyName } from "./columns";
import type { KeyOwner } from "./use-key-dialogs";

type NewKey = Outputs["accessKey"]["create"];

interface Props {
  made: NewKey | null;
  customer: KeyOwner;
  onClose: () => void;
}

/** The one time that a token is shown. */
export function TokenDialog({ made, customer, onClose }: Props) {
  const t = useT();
  return (
    <ShownOnceDialog
      open={made !== null}
      onClose={onClose}
      title={made === null ? "" : t("keys.tokenTitle", { name: keyName(made.key) })}
      description={t("keys.tokenText")}
      text={made?.token ?? ""}
      name={t("keys.token")}
      copy={t("keys.copyToken")}
      stored={t("keys.stored")}
      storeFirst={t("keys.storeFirst")}
    >
      {made !== null && <TokenDetails made={made} customer={customer} />}
    </ShownOnceDialog>
  );
}

function TokenDetails({ made, customer }: { made: NewKey; customer: KeyOwner }) {
  const t = useT();
  const example = [
    `curl -G ${window.location.origin}/api/trpc/customer.get \\`,
    `  --data-urlencode 'input={"id":"${customer.id}"}' \\`,
    `  -H "Authorization: Bearer $VOIPBIN_KEY"`,
  ].join("\n");
  return (
    <>
      <dl className="dl dl--tight">
        <dt>{t("keys.customer")}</dt>
        <dd>{customerName(customer)}</dd>
        <dt>{t("keys.expires")}</dt>
        <dd>
          <Time value={made.key.tmExpire} as="date" />
        </dd>
      </dl>
      <details className="as-table" open>
        <summary>{t("keys.tryIt")}</summary>
        <div className="codeblock-wrap">
          <pre className="codeblock" tabIndex={0} aria-label={t("keys.example")}>
            {example}
          </pre>
          <CopyButton text={example} what={t("keys.example")} />
        </div>
      </details>
    </>
  );
}
