"use client";

import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { isRole } from "@/server/kernel/permissions";
import { TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type Admin } from "../trpc";
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
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("admins.editTitle", { name: adminName(props.admin) })}
      description={t("admins.editText")}
    >
      <EditForm {...props} />
    </FormDialog>
  );
}

function EditForm({ admin, onClose }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const update = trpc.admin.update.useMutation(useIdempotency());
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
      await update.mutateAsync({ id: admin.id, name, role, customerId: customerOf({ role, ...rest }) });
      onClose();
      toast(t("admins.saved", { name }));
      await utils.admin.invalidate();
    },
    [admin.id, update, onClose, utils, t],
  );
  const submission = useFormSubmit(form, send);
  return (
    <DialogForm {...submission} submit={t("common.save")} unsaved={formState.isDirty}>
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
    </DialogForm>
  );
}
