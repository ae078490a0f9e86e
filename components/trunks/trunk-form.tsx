"use client";

import { useCallback } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { schemaResolver } from "../forms/schema-resolver";
import { useConflict } from "../forms/use-conflict";
import { useT } from "../i18n/provider";
import { AccountFields, type AccountOwner } from "../sip/account-fields";
import { AccountForm, type SavedAccount } from "../sip/account-form";
import { PasswordChoice } from "../sip/password-choice";
import { useAccountOptions } from "../sip/use-account-options";
import { trpc, type TrunkDetails } from "../trpc";
import { AuthFields } from "./auth-fields";
import type { trunkForm } from "./form-schema";
import { toTrunkInput, toTrunkValues } from "./form-values";
import { trunkName } from "./names";
import { toShownPassword } from "./settings";

export type TrunkValues = z.output<typeof trunkForm>;
const loadSchema = () => import("./form-schema").then((module) => module.trunkForm);

/**
 * Creates a trunk, or changes the given one.
 * @param realmBase what a domain name is followed by in its realm
 */
export function TrunkForm({ trunk, realmBase, ...owner }: AccountOwner & { trunk?: TrunkDetails; realmBase: string }) {
  const t = useT();
  const options = useAccountOptions("trunk");
  const { mutateAsync: create } = trpc.trunk.create.useMutation(options);
  const { mutateAsync: update } = trpc.trunk.update.useMutation(options);
  const form = useForm<TrunkValues, unknown, TrunkValues>({
    resolver: schemaResolver(loadSchema),
    defaultValues: toTrunkValues(trunk, owner.customer?.id ?? ""),
  });
  const [domainName, authTypes] = useWatch({ control: form.control, name: ["domainName", "authTypes"] });
  const { conflict, send } = useConflict(form, trunk?.tmUpdate, toTrunkValues);
  const save = useCallback(
    async (values: TrunkValues): Promise<SavedAccount | null> => {
      const input = toTrunkInput(values);
      if (trunk === undefined) {
        const made = await create(input);
        const { id, authTypes: types } = made.trunk;
        return types.includes("basic")
          ? { id, shown: toShownPassword(made, "new", t) }
          : { id, said: t("trunks.createdToast", { name: trunkName(made.trunk) }) };
      }
      const { customerId: _, ...changes } = input;
      const saved = await send((tmUpdate) => update({ ...changes, id: trunk.id, tmUpdate }));
      if (saved === null) return null;
      const { id, password } = saved;
      return password === undefined
        ? { id, said: t("trunks.saved", { name: trunkName(saved) }) }
        : { id, shown: toShownPassword({ trunk: saved, password }, "new", t) };
    },
    [trunk, create, send, update, t],
  );
  const domain = domainName.trim();
  return (
    <AccountForm
      kind="trunk"
      id={trunk?.id}
      form={form}
      conflict={conflict}
      labels={{
        domainName: t("trunks.domainName"),
        authTypes: t("trunks.authTypes"),
        username: t("trunks.user"),
        allowedIps: t("trunks.addresses"),
      }}
      save={save}
    >
      <AccountFields
        {...owner}
        isNew={trunk === undefined}
        identifier={{
          name: "domainName",
          label: t("trunks.domainName"),
          hint:
            domain === "" ? (
              t("trunks.domainHint")
            ) : (
              <span className="wrap" aria-live="polite">
                {t("trunks.realmGiven")} <code>{`${domain}.${realmBase}`}</code>
              </span>
            ),
        }}
        nameHint={t("trunks.nameHint")}
        moves={
          trunk === undefined || domain === trunk.domainName ? null : t("trunks.domainMoves", { realm: trunk.realm })
        }
      />
      <AuthFields>
        {/* A trunk that gets its user name only now has no password yet. */}
        {authTypes.includes("basic") && !(trunk?.authTypes.includes("basic") ?? false) && <PasswordChoice />}
      </AuthFields>
    </AccountForm>
  );
}
