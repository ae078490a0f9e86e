"use client";

import { Archive, CircleAlert, Hash, KeyRound, Megaphone, Phone, Server, UsersRound } from "lucide-react";
import { useId, useRef, useState, type FormEvent } from "react";
import { toast } from "../ui/toast";
import { FieldError } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { useRight } from "../shell/session";
import { trpc, type CustomerDetails, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon, type IconShape } from "../ui/icon";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";
import { customerName } from "./customer-name";
import { useRestoreCustomer } from "./use-restore";

type Part = Outputs["customer"]["deletionPreview"]["parts"][number];

const ICONS: Record<string, IconShape> = {
  "access-keys": KeyRound,
  numbers: Hash,
  extensions: Phone,
  trunks: Server,
  outdials: Megaphone,
  admins: UsersRound,
};
const UNDO_MS = 10_000;

/** Says what goes with a customer, and wants its name typed. Focus starts on the safe way out. */
export function DeleteCustomerDialog({
  customer,
  open,
  onClose,
}: {
  customer: CustomerDetails;
  open: boolean;
  onClose: () => void;
}) {
  const t = useT();
  const name = customerName(customer);
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      wide
      role="alertdialog"
      initialFocus={keep}
      title={t("delete.title", { name })}
      description={t("delete.text")}
    >
      <DeleteCustomerForm customer={customer} name={name} onClose={onClose} keep={keep} />
    </Dialog>
  );
}

function DeleteCustomerForm({
  customer,
  name,
  onClose,
  keep,
}: {
  customer: CustomerDetails;
  name: string;
  onClose: () => void;
  keep: React.RefObject<HTMLButtonElement | null>;
}) {
  const t = useT();
  const id = useId();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const { restore } = useRestoreCustomer();
  const mayRestore = useRight("customer:restore");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  // Counted when the dialog opens, never from an earlier look.
  const preview = trpc.customer.deletionPreview.useQuery(
    { id: customer.id },
    { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
  );
  const remove = trpc.customer.delete.useMutation({ trpc: { context: idempotency.context } });

  const wrong = refused && typed.trim() !== name;

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (remove.isPending) return;
    if (typed.trim() !== name) {
      setRefused(true);
      field.current?.focus();
      return;
    }
    setFailure(null);
    idempotency.prepare({ id: customer.id });
    try {
      await remove.mutateAsync({ id: customer.id });
      idempotency.done();
      onClose();
      const undo = { label: t("common.undo"), onClick: () => restore(customer.id) };
      toast(t("delete.done", { name }), { duration: UNDO_MS, ...(mayRestore ? { action: undo } : {}) });
      await utils.customer.invalidate();
    } catch (error) {
      setFailure(describeFailure(error, t));
    }
  };

  return (
    <form className="dialog__form" onSubmit={(event) => void onSubmit(event)} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {preview.data === undefined ? (
          preview.isError ? (
            <FailedState error={preview.error} onRetry={() => void preview.refetch()} />
          ) : (
            <SkeletonLines lines={2} label={t("common.loading")} />
          )
        ) : (
          <ul className="impact">
            {preview.data.parts.map((part) => (
              <Impact key={part.name} part={part} />
            ))}
            <li>
              <Icon of={Archive} />
              <b>{t("delete.kept")}</b>
              <span className="muted">{t("delete.keptDays")}</span>
              <small>{t("delete.keptText")}</small>
            </li>
          </ul>
        )}
        <div className="field">
          <label className="field__label" htmlFor={`${id}-confirm`}>
            <span>{t("delete.confirm", { name })}</span>
          </label>
          <input
            ref={field}
            className="input input--lg"
            id={`${id}-confirm`}
            name="confirm"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? `${id}-error` : undefined}
          />
          <FieldError id={`${id}-error`} error={wrong ? t("delete.wrongName") : undefined} />
        </div>
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("delete.keep")}
        </Button>
        <Button type="submit" tone="danger" busy={remove.isPending}>
          {t("delete.submit")}
        </Button>
      </div>
    </form>
  );
}

function Impact({ part }: { part: Part }) {
  const t = useT();
  const key = `delete.parts.${part.name}`;
  return (
    <li>
      <Icon of={ICONS[part.name] ?? CircleAlert} />
      <b>{t.has(key) ? t(key as "delete.parts.access-keys", { count: part.count }) : `${part.count} ${part.label}`}</b>
      <span className="muted">{part.count === 0 ? t("delete.nothing") : t("delete.stopAtOnce")}</span>
      {part.warning !== null && <small className="is-warn">{part.warning}</small>}
    </li>
  );
}
