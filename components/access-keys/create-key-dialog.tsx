"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { customerName } from "../customers/customer-name";
import { SelectField, TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { schemaResolver } from "../forms/schema-resolver";
import { useLeave, useLeaveGuard } from "../forms/leave-guard";
import { useFormSubmit, useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc, type CustomerDetails, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { LIFETIMES } from "./lifetimes";

type Values = { name: string; detail: string; days: string };
const loadSchema = () => import("./create-key-schema").then((module) => module.createKeyForm);

const DAY_SECONDS = 86_400;

interface Props {
  customer: CustomerDetails;
  open: boolean;
  onClose: () => void;
  onMade: (made: Outputs["accessKey"]["create"]) => void;
}

export function CreateKeyDialog(props: Props) {
  const t = useT();
  const leave = useLeave();
  return (
    <Dialog
      open={props.open}
      onClose={() => leave(props.onClose)}
      title={t("keys.createTitle")}
      description={t("keys.createText", { name: customerName(props.customer) })}
    >
      <CreateKeyForm {...props} />
    </Dialog>
  );
}

function CreateKeyForm({ customer, onClose, onMade }: Props) {
  const t = useT();
  const leave = useLeave();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const create = trpc.accessKey.create.useMutation({ trpc: { context: idempotency.context }, gcTime: 0 });
  const { register, formState, ...rest } = useForm<Values, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { name: "", detail: "", days: "365" },
  });
  const send = useCallback(
    async ({ name, detail, days }: Values) => {
      const input = { customerId: customer.id, name, detail, expire: Number(days) * DAY_SECONDS };
      idempotency.prepare(input);
      const made = await create.mutateAsync(input);
      idempotency.done();
      onClose();
      onMade(made);
      await utils.accessKey.list.invalidate();
    },
    [customer.id, idempotency, create, onClose, onMade, utils],
  );
  const { onSubmit, busy, failure } = useFormSubmit({ register, formState, ...rest }, send);
  useLeaveGuard("create-key", formState.isDirty);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <TextField
          label={t("keys.name")}
          hint={t("keys.nameHint")}
          field={register("name")}
          error={formState.errors.name?.message}
          autoComplete="off"
          large
        />
        <TextField
          label={t("keys.detail")}
          field={register("detail")}
          error={formState.errors.detail?.message}
          autoComplete="off"
        />
        <SelectField
          label={t("keys.lifetime")}
          hint={t("keys.lifetimeHint")}
          field={register("days")}
          error={formState.errors.days?.message}
        >
          {LIFETIMES.map(({ days, label }) => (
            <option key={days} value={days}>
              {t(label)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="dialog__foot">
        <Button onClick={() => leave(onClose)}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("keys.create")}
        </Button>
      </div>
    </form>
  );
}
