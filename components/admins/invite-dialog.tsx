"use client";

import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useLeave, useLeaveGuard } from "../forms/leave-guard";
import { schemaResolver } from "../forms/schema-resolver";
import { useFormSubmit, useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useSession } from "../shell/session";
import { trpc, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
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
  const leave = useLeave();
  return (
    <Dialog
      open={props.open}
      onClose={() => leave(props.onClose)}
      title={t("admins.inviteTitle")}
      description={t("admins.inviteText")}
    >
      <InviteForm {...props} />
    </Dialog>
  );
}

function InviteForm({ onClose, onMade }: Props) {
  const t = useT();
  const leave = useLeave();
  const utils = trpc.useUtils();
  const { tenant } = useSession();
  const idempotency = useIdempotency();
  const invite = trpc.admin.invite.useMutation({ trpc: { context: idempotency.context }, gcTime: 0 });
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
      const input = { email, name, role, customerId: customerOf({ role, ...rest }) };
      idempotency.prepare(input);
      const made = await invite.mutateAsync(input);
      idempotency.done();
      onClose();
      onMade(made);
      await utils.admin.invalidate();
    },
    [idempotency, invite, onClose, onMade, utils],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  useLeaveGuard("invite-admin", formState.isDirty);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
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
      </div>
      <div className="dialog__foot">
        <Button onClick={() => leave(onClose)}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("admins.makeLink")}
        </Button>
      </div>
    </form>
  );
}
