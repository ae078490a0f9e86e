"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { toast } from "../ui/toast";
import type { z } from "zod";
import type { updateAccessKeyInput, UpdateAccessKeyInput } from "@/server/domain/customer/schemas";
import { ConflictNote } from "../forms/conflict-note";
import { TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { schemaResolver } from "../forms/schema-resolver";
import { useLeave, useLeaveGuard } from "../forms/leave-guard";
import { useConflict } from "../forms/use-conflict";
import { useFormSubmit, useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { trpc, type AccessKey } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { keyName } from "./columns";

const loadSchema = () => import("@/server/domain/customer/schemas").then((module) => module.updateAccessKeyInput);

interface Props {
  accessKey: AccessKey;
  open: boolean;
  onClose: () => void;
}

export function EditKeyDialog(props: Props) {
  const t = useT();
  const leave = useLeave();
  return (
    <Dialog
      open={props.open}
      onClose={() => leave(props.onClose)}
      title={t("keys.editTitle", { name: keyName(props.accessKey) })}
    >
      <EditKeyForm {...props} />
    </Dialog>
  );
}

function EditKeyForm({ accessKey, onClose }: Props) {
  const t = useT();
  const leave = useLeave();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const update = trpc.accessKey.update.useMutation({ trpc: { context: idempotency.context } });
  const form = useForm<UpdateAccessKeyInput, unknown, z.output<typeof updateAccessKeyInput>>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { id: accessKey.id, name: accessKey.name, detail: accessKey.detail },
  });
  const { errors, isDirty } = form.formState;
  const { conflict, send: sendFrom } = useConflict(form, accessKey.tmUpdate);
  const send = useCallback(
    async (values: z.output<typeof updateAccessKeyInput>) => {
      const saved = await sendFrom((tmUpdate) => {
        const input = { ...values, tmUpdate };
        idempotency.prepare(input);
        return update.mutateAsync(input);
      });
      if (saved === null) return;
      idempotency.done();
      onClose();
      toast.success(t("keys.saved", { name: keyName(saved) }));
      await utils.accessKey.invalidate();
    },
    [idempotency, update, sendFrom, onClose, t, utils],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  useLeaveGuard("edit-key", isDirty);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <ConflictNote conflict={conflict} form={form} labels={{ name: t("keys.name"), detail: t("keys.detail") }} />
        <TextField
          label={t("keys.name")}
          field={form.register("name")}
          error={errors.name?.message}
          autoComplete="off"
          large
        />
        <TextField
          label={t("keys.detail")}
          field={form.register("detail")}
          error={errors.detail?.message}
          autoComplete="off"
        />
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
