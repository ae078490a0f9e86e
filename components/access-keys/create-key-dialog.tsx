"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { customerName } from "../customers/customer-name";
import { SelectField, TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type CustomerDetails, type Outputs } from "../trpc";
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

/** Makes an access key, whose token is shown next. */
export function CreateKeyDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("keys.createTitle")}
      description={t("keys.createText", { name: customerName(props.customer) })}
    >
      <CreateKeyForm {...props} />
    </FormDialog>
  );
}

function CreateKeyForm({ customer, onClose, onMade }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const create = trpc.accessKey.create.useMutation({ ...useIdempotency(), gcTime: 0 });
  const { register, formState, ...rest } = useForm<Values, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { name: "", detail: "", days: "365" },
  });
  const send = useCallback(
    async ({ name, detail, days }: Values) => {
      const expire = Number(days) * DAY_SECONDS;
      const made = await create.mutateAsync({ customerId: customer.id, name, detail, expire });
      onClose();
      onMade(made);
      await utils.accessKey.list.invalidate();
    },
    [customer.id, create, onClose, onMade, utils],
  );
  const submission = useFormSubmit({ register, formState, ...rest }, send);
  return (
    <DialogForm {...submission} submit={t("keys.create")} unsaved={formState.isDirty}>
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
    </DialogForm>
  );
}
