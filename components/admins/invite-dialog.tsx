"use client";

import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useSession } from "../shell/session";
import { trpc, type Outputs } from "../trpc";
import { customerOf, RoleFields, type RoleValues } from "./role-fields";

type Values = RoleValues & { email: string; name: string };
const loadSchema = () => import("./form-schemas").then((module) => module.inviteForm);

interface Props {
  open: boolean;
  onClose: () => void;
  onMade: (made: Outputs["admin"]["invite"]) => void;
}

/** Invites somebody: by a link that is shown next. */
export function InviteDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("admins.inviteTitle")}
      description={t("admins.inviteText")}
    >
      <InviteForm {...props} />
    </FormDialog>
  );
}

function InviteForm({ onClose, onMade }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const { tenant } = useSession();
  const invite = trpc.admin.invite.useMutation({ ...useIdempotency(), gcTime: 0 });
  const form = useForm<Values, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: {
      email: "",
      name: "",
      role: "support",
      reach: tenant.all ? "platform" : "customer",
      customer: "",
      customerId: tenant.customerId ?? "",
    },
  });
  const { register, formState } = form;
  const send = useCallback(
    async ({ email, name, role, ...rest }: Values) => {
      const made = await invite.mutateAsync({ email, name, role, customerId: customerOf({ role, ...rest }) });
      onClose();
      onMade(made);
      await utils.admin.invalidate();
    },
    [invite, onClose, onMade, utils],
  );
  const submission = useFormSubmit(form, send);
  return (
    <DialogForm {...submission} submit={t("admins.makeLink")} unsaved={formState.isDirty}>
      <TextField
        label={t("admins.email")}
        field={register("email")}
        error={formState.errors.email?.message}
        type="email"
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        aria-required
        large
      />
      <TextField
        label={t("admins.name")}
        hint={t("admins.nameHint")}
        field={register("name")}
        error={formState.errors.name?.message}
        autoComplete="off"
      />
      <FormProvider {...form}>
        <RoleFields />
      </FormProvider>
    </DialogForm>
  );
}
