"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import type { updateAccessKeyInput, UpdateAccessKeyInput } from "@/server/domain/customer/schemas";
import { ConflictNote } from "../forms/conflict-note";
import { TextField } from "../forms/field";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { schemaResolver } from "../forms/schema-resolver";
import { useConflict } from "../forms/use-conflict";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type AccessKey } from "../trpc";
import { toast } from "../ui/toast";
import { keyName } from "./columns";

const loadSchema = () => import("@/server/domain/customer/schemas").then((module) => module.updateAccessKeyInput);

interface Props {
  accessKey: AccessKey;
  open: boolean;
  onClose: () => void;
}

/** Name and description of a key. */
export function EditKeyDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={t("keys.editTitle", { name: keyName(props.accessKey) })}
    >
      <EditKeyForm {...props} />
    </FormDialog>
  );
}

function EditKeyForm({ accessKey, onClose }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const update = trpc.accessKey.update.useMutation(useIdempotency());
  const form = useForm<UpdateAccessKeyInput, unknown, z.output<typeof updateAccessKeyInput>>({
    resolver: schemaResolver(loadSchema),
    defaultValues: { id: accessKey.id, name: accessKey.name, detail: accessKey.detail },
  });
  const { errors, isDirty } = form.formState;
  const { conflict, send: sendFrom } = useConflict(form, accessKey.tmUpdate);
  const send = useCallback(
    async (values: z.output<typeof updateAccessKeyInput>) => {
      const saved = await sendFrom((tmUpdate) => update.mutateAsync({ ...values, tmUpdate }));
      if (saved === null) return;
      onClose();
      toast.success(t("keys.saved", { name: keyName(saved) }));
      await utils.accessKey.invalidate();
    },
    [update, sendFrom, onClose, t, utils],
  );
  const submission = useFormSubmit(form, send);
  return (
    <DialogForm {...submission} submit={t("common.save")} unsaved={isDirty}>
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
    </DialogForm>
  );
}
