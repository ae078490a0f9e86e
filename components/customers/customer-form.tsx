"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { WEBHOOK_METHODS, type WebhookMethod } from "@/server/domain/customer/limits";
import type { createCustomerInput, CreateCustomerInput } from "@/server/domain/customer/schemas";
import type { z } from "zod";
import { ConflictNote } from "../forms/conflict-note";
import { SelectField, TextAreaField, TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { schemaResolver } from "../forms/schema-resolver";
import { useLeaveGuard } from "../forms/leave-guard";
import { useConflict } from "../forms/use-conflict";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type CustomerDetails } from "../trpc";
import { Button, ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { toast } from "../ui/toast";
import { customerName } from "./customer-name";

type Parsed = z.output<typeof createCustomerInput>;
const loadSchema = () => import("@/server/domain/customer/schemas").then((module) => module.createCustomerInput);

const EMPTY = {
  name: "",
  detail: "",
  email: "",
  phoneNumber: "",
  address: "",
  webhookMethod: "",
  webhookUri: "",
} satisfies CreateCustomerInput;

const isMethod = (text: string): text is WebhookMethod => (WEBHOOK_METHODS as readonly string[]).includes(text);

/** Creates a customer, or changes the given one. */
export function CustomerForm({ customer }: { customer?: CustomerDetails }) {
  const t = useT();
  const router = useRouter();
  const utils = trpc.useUtils();
  const options = useIdempotency();
  const create = trpc.customer.create.useMutation(options);
  const update = trpc.customer.update.useMutation(options);
  const form = useForm<CreateCustomerInput, unknown, Parsed>({
    resolver: schemaResolver(loadSchema),
    defaultValues:
      customer === undefined
        ? EMPTY
        : {
            name: customer.name,
            detail: customer.detail,
            email: customer.email,
            phoneNumber: customer.phoneNumber,
            address: customer.address,
            webhookMethod: isMethod(customer.webhookMethod) ? customer.webhookMethod : "",
            webhookUri: customer.webhookUri,
          },
  });
  const { errors, isDirty } = form.formState;
  const { conflict, send: sendFrom } = useConflict(form, customer?.tmUpdate);

  const send = useCallback(
    async (values: Parsed) => {
      const saved =
        customer === undefined
          ? await create.mutateAsync(values)
          : await sendFrom((tmUpdate) => update.mutateAsync({ ...values, id: customer.id, tmUpdate }));
      if (saved === null) return;
      form.reset(values);
      await utils.customer.invalidate();
      toast.success(
        t(customer === undefined ? "customers.createdToast" : "customers.saved", { name: customerName(saved) }),
      );
      router.push(`/customers/${saved.id}`);
      return true;
    },
    [customer, create, update, sendFrom, form, utils, t, router],
  );
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  useLeaveGuard("customer", isDirty);

  return (
    <form
      className="form"
      onSubmit={onSubmit}
      noValidate
      aria-label={customer === undefined ? t("customers.create") : t("customers.editTitle")}
    >
      <FormFailure failure={failure} />
      <ConflictNote
        conflict={conflict}
        form={form}
        labels={{
          name: t("customers.name"),
          email: t("customers.email"),
          phoneNumber: t("customers.phone"),
          address: t("customers.address"),
          detail: t("customers.detail"),
          webhookMethod: t("customers.webhookMethod"),
          webhookUri: t("customers.webhookUri"),
        }}
      />
      <Card id="form-who" title={t("customers.sectionWho")}>
        <div className="card__body form__grid">
          <TextField
            label={t("customers.name")}
            field={form.register("name")}
            error={errors.name?.message}
            hint={t("customers.nameHint")}
            autoComplete="organization"
            autoFocus={customer === undefined}
          />
          <TextField
            label={t("customers.email")}
            field={form.register("email")}
            error={errors.email?.message}
            hint={t("customers.emailHint")}
            type="email"
            autoComplete="off"
            spellCheck={false}
            aria-required
          />
          <TextField
            label={t("customers.phone")}
            field={form.register("phoneNumber")}
            error={errors.phoneNumber?.message}
            hint={t("customers.phoneHint")}
            type="tel"
            autoComplete="off"
          />
          <TextField
            label={t("customers.address")}
            field={form.register("address")}
            error={errors.address?.message}
            autoComplete="off"
          />
          <div className="form__wide">
            <TextAreaField
              label={t("customers.detail")}
              field={form.register("detail")}
              error={errors.detail?.message}
              hint={t("customers.detailHint")}
              autoComplete="off"
            />
          </div>
        </div>
      </Card>
      <Card id="form-webhook" title={t("customers.webhook")}>
        <div className="card__body form__grid form__grid--webhook">
          <SelectField
            label={t("customers.webhookMethod")}
            field={form.register("webhookMethod")}
            error={errors.webhookMethod?.message}
          >
            {WEBHOOK_METHODS.map((method) => (
              <option key={method} value={method}>
                {method === "" ? t("customers.webhookOff") : method}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("customers.webhookUri")}
            field={form.register("webhookUri")}
            error={errors.webhookUri?.message}
            hint={t("customers.webhookHint")}
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://hooks.example.com/voipbin"
          />
        </div>
      </Card>
      <div className="form__foot">
        <ButtonLink size="lg" href={customer === undefined ? "/customers" : `/customers/${customer.id}`}>
          {t("common.cancel")}
        </ButtonLink>
        <Button type="submit" tone="primary" size="lg" busy={busy}>
          {customer === undefined ? t("customers.create") : t("common.save")}
        </Button>
      </div>
    </form>
  );
}
