"use client";

import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { isRole } from "@/server/kernel/permissions";
import { TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useLeave, useLeaveGuard } from "../forms/leave-guard";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit, useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc, type Admin } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { toast } from "../ui/toast";
import { adminName } from "./names";
import { customerOf, RoleFields, type RoleValues } from "./role-fields";

type Values = RoleValues & { name: string };
const loadSchema = () => import("./form-schemas").then((module) => module.editForm);

interface Props {
  admin: Admin;
  open: boolean;
  onClose: () => void;
}

/** Name, role, and whose data is seen. It holds from the admin's next click on. */
export function EditDialog(props: Props) {
  const t = useT();
  const leave = useLeave();
  return (
    <Dialog
      open={props.open}
      onClose={() => leave(props.onClose)}
      title={t("admins.editTitle", { name: adminName(props.admin) })}
      description={t("admins.editText")}
    >
      <EditForm {...props} />
    </Dialog>
  );
}

function EditForm({ admin, onClose }: Props) {
  const t = useT();
  const leave = useLeave();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const update = trpc.admin.update.useMutation({ trpc: { context: idempotency.context } });
  const form = useForm<Values, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: {
      name: admin.name,
      role: isRole(admin.role) ? admin.role : "support",
      reach: admin.customerId === null ? "platform" : "customer",
      customer: admin.customerName ?? "",
      customerId: admin.customerId ?? "",
    },
  });
  const { register, formState } = form;
  const send = useCallback(
    async ({ name, role, ...rest }: Values) => {
      const input = { id: admin.id, name, role, customerId: customerOf({ role, ...rest }) };
      idempotency.prepare(input);
      await update.mutateAsync(input);
      idempotency.done();
      onClose();
      toast(t("admins.saved", { name }));
      await utils.admin.invalidate();
    },
    [admin.id, idempotency, update, onClose, utils, t],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  useLeaveGuard("edit-admin", formState.isDirty);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <TextField
          label={t("admins.name")}
          field={register("name")}
          error={formState.errors.name?.message}
          autoComplete="off"
          aria-required
        />
        <FormProvider {...form}>
          <RoleFields />
        </FormProvider>
      </div>
      <div className="dialog__foot">
        <Button onClick={() => leave(onClose)}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
