"use client";

import { useCallback } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { schemaResolver } from "../forms/schema-resolver";
import { useConflict } from "../forms/use-conflict";
import { HandOverButton } from "../handover/hand-over-button";
import { useT } from "../i18n/provider";
import { AccountFields, type AccountOwner } from "../sip/account-fields";
import { AccountForm, type SavedAccount } from "../sip/account-form";
import { PasswordChoice } from "../sip/password-choice";
import { useAccountOptions } from "../sip/use-account-options";
import { trpc, type ExtensionDetails } from "../trpc";
import { Card } from "../ui/card";
import type { extensionForm } from "./form-schema";
import { extensionName } from "./names";
import { toShownPassword } from "./settings";

type Values = z.output<typeof extensionForm>;
const loadSchema = () => import("./form-schema").then((module) => module.extensionForm);

/** Creates an extension, or changes the given one. */
export function ExtensionForm({ extension, ...owner }: AccountOwner & { extension?: ExtensionDetails }) {
  const t = useT();
  const options = useAccountOptions("extension");
  const { mutateAsync: create } = trpc.extension.create.useMutation(options);
  const { mutateAsync: update } = trpc.extension.update.useMutation(options);
  const form = useForm<Values, unknown, Values>({
    resolver: schemaResolver(loadSchema),
    defaultValues: {
      customerId: extension?.customerId ?? owner.customer?.id ?? "",
      extension: extension?.extension ?? "",
      name: extension?.name ?? "",
      detail: extension?.detail ?? "",
      own: false,
      password: "",
    },
  });
  const number = useWatch({ control: form.control, name: "extension" });
  const { conflict, send } = useConflict(form, extension?.tmUpdate);
  const save = useCallback(
    async ({ own, password, ...values }: Values): Promise<SavedAccount | null> => {
      if (extension === undefined) {
        const answer = await create({ ...values, password: own ? password : "" });
        return { id: answer.extension.id, shown: toShownPassword(answer, "new", t) };
      }
      const { customerId: _, ...changes } = values;
      const saved = await send((tmUpdate) => update({ id: extension.id, ...changes, tmUpdate }));
      return saved && { id: saved.id, said: t("extensions.saved", { name: extensionName(saved) }) };
    },
    [extension, create, send, update, t],
  );
  return (
    <AccountForm
      kind="extension"
      id={extension?.id}
      form={form}
      conflict={conflict}
      labels={{ extension: t("extensions.number") }}
      save={save}
      besidePassword={(id) => <HandOverButton extension={{ id, extension: number }} />}
    >
      <AccountFields
        {...owner}
        isNew={extension === undefined}
        identifier={{ name: "extension", label: t("extensions.number"), hint: t("extensions.numberHint") }}
        nameHint={t("sip.nameHint")}
        moves={
          extension === undefined || number.trim() === extension.extension
            ? null
            : t("extensions.numberMoves", { number: extension.extension })
        }
      />
      {extension === undefined && (
        <Card id="form-password" title={t("sip.password")}>
          <div className="card__body stack stack--sm">
            <PasswordChoice />
          </div>
        </Card>
      )}
    </AccountForm>
  );
}
