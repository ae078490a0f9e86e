"use client";

import { ListPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useController, useForm, useWatch } from "react-hook-form";
import { UUID } from "@/db/uuid";
import type { RangeInput } from "@/server/domain/registrar/schemas";
import { CustomerPicker, type PickedCustomer } from "../customers/customer-picker";
import { TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit } from "../forms/use-form-submit";
import { useI18n, useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useDebounced } from "../shell/use-debounced";
import { useSession } from "../shell/session";
import { trpc } from "../trpc";
import { Note } from "../ui/note";
import { toast } from "../ui/toast";

type Values = Required<RangeInput>;
const loadSchema = () => import("@/server/domain/registrar/schemas").then((module) => module.rangeInput);
const WAIT_MS = 300;

interface Props {
  open: boolean;
  onClose: () => void;
  /** Who is proposed as their owner, where somebody works for more than one customer. */
  customer: PickedCustomer | null;
}

/** Creates the extensions of a range, such as 1000 to 1049. */
export function RangeDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("sipImport.range.title")}
      description={t("sipImport.range.text")}
    >
      <RangeForm {...props} />
    </FormDialog>
  );
}

function RangeForm({ onClose, customer }: Props) {
  const t = useT();
  const router = useRouter();
  const { tenant } = useSession();
  const utils = trpc.useUtils();
  const create = trpc.extension.createRange.useMutation(useIdempotency());
  const { register, formState, control, ...rest } = useForm<RangeInput, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { customerId: tenant.customerId ?? customer?.id ?? "", from: "", to: "", prefix: "", name: "" },
  });
  const send = useCallback(
    async (input: Values) => {
      const { id, count } = await create.mutateAsync(input);
      onClose();
      toast(t("jobs.started", { count }));
      await utils.job.invalidate();
      router.push(`/operations/jobs/${id}`);
      return true;
    },
    [create, onClose, router, t, utils],
  );
  const { field: owner } = useController({ control, name: "customerId" });
  const [picked, setPicked] = useState(customer);
  const submission = useFormSubmit({ register, formState, control, ...rest }, send);
  const values = useWatch({ control });
  const { errors } = formState;
  return (
    <DialogForm {...submission} submit={t("sipImport.range.create")} unsaved={formState.isDirty && !submission.busy}>
      {tenant.all && (
        <CustomerPicker
          label={t("sip.customer")}
          error={errors.customerId === undefined ? undefined : t("sip.customerMissing")}
          picked={picked}
          onPick={(chosen) => {
            setPicked(chosen);
            owner.onChange(chosen?.id ?? "");
          }}
          inputRef={owner.ref}
        />
      )}
      <div className="mapping">
        <TextField
          label={t("sipImport.range.from")}
          inputMode="numeric"
          autoComplete="off"
          placeholder="1000"
          error={errors.from?.message}
          field={register("from")}
        />
        <TextField
          label={t("sipImport.range.to")}
          inputMode="numeric"
          autoComplete="off"
          placeholder="1049"
          error={errors.to?.message}
          field={register("to")}
        />
      </div>
      <TextField
        label={t("sipImport.range.prefix")}
        hint={t("sipImport.range.prefixHint")}
        autoComplete="off"
        error={errors.prefix?.message}
        field={register("prefix")}
      />
      <TextField
        label={t("sipImport.range.name")}
        hint={t("sipImport.range.nameHint")}
        autoComplete="off"
        placeholder="Desk {number}"
        error={errors.name?.message}
        field={register("name")}
      />
      <RangeOutlook values={values} />
    </DialogForm>
  );
}

/** What the range would create, while it is typed. */
function RangeOutlook({ values }: { values: Partial<RangeInput> }) {
  const { t, number } = useI18n();
  const { customerId = "", from = "", to = "", prefix = "", name = "" } = values;
  const asked = useDebounced(JSON.stringify({ customerId, from, to, prefix, name }), WAIT_MS);
  const input = JSON.parse(asked) as Values;
  const whole = UUID.test(input.customerId) && /^\d{1,15}$/.test(input.from) && /^\d{1,15}$/.test(input.to);
  const query = trpc.extension.previewRange.useQuery(input, { enabled: whole, retry: false, gcTime: 0 });
  if (!whole || query.data === undefined) return null;
  const { create, present, presentFirst, examples } = query.data;
  const shown = examples.map(({ extension, name: called }) => (called === "" ? extension : `${extension} (${called})`));
  return (
    <Note tone={create === 0 ? "warn" : "info"} icon={ListPlus} role="status">
      {t("sipImport.range.creates", { count: create, number: number(create), examples: shown.join(", ") })}{" "}
      {present > 0 && t("sipImport.range.present", { count: present, first: presentFirst.slice(0, 5).join(", ") })}
    </Note>
  );
}
