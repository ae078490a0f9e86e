"use client";

import { Archive, CircleAlert, Hash, KeyRound, Megaphone, Phone, Server, UsersRound } from "lucide-react";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { useRight } from "../shell/session";
import { trpc, type CustomerDetails, type Outputs } from "../trpc";
import { Icon, type IconShape } from "../ui/icon";
import { Loaded } from "../ui/loaded";
import { toast } from "../ui/toast";
import { customerName } from "./customer-name";
import { useRestoreCustomer } from "./use-restore";

type Part = Outputs["customer"]["deletionPreview"]["parts"][number];

const ICONS: Record<string, IconShape> = {
  "access-keys": KeyRound,
  numbers: Hash,
  extensions: Phone,
  trunks: Server,
  outdials: Megaphone,
  admins: UsersRound,
};
const UNDO_MS = 10_000;

/** Says what goes with a customer, and wants its name typed. */
export function DeleteCustomerDialog({
  customer,
  open,
  onClose,
}: {
  customer: CustomerDetails;
  open: boolean;
  onClose: () => void;
}) {
  const t = useT();
  const utils = trpc.useUtils();
  const { restore } = useRestoreCustomer();
  const mayRestore = useRight("customer:restore");
  const remove = trpc.customer.delete.useMutation(useIdempotency());
  const name = customerName(customer);
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      wide
      title={t("delete.title", { name })}
      text={t("delete.text")}
      submit={t("delete.submit")}
      danger
      keep={t("delete.keep")}
      typed={{ expected: name, label: t("delete.confirm", { name }), wrong: t("delete.wrongName") }}
      onSubmit={async () => {
        await remove.mutateAsync({ id: customer.id });
        onClose();
        const undo = { label: t("common.undo"), onClick: () => restore(customer.id) };
        toast(t("delete.done", { name }), { duration: UNDO_MS, ...(mayRestore ? { action: undo } : {}) });
        await utils.customer.invalidate();
      }}
    >
      <Preview id={customer.id} />
    </ConfirmDialog>
  );
}

/** What goes with the customer; counted when the dialog opens, never from an earlier look. */
function Preview({ id }: { id: string }) {
  const t = useT();
  const preview = trpc.customer.deletionPreview.useQuery(
    { id },
    { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
  );
  return (
    <Loaded query={preview} lines={2}>
      {({ parts }) => (
        <ul className="impact">
          {parts.map((part) => (
            <Impact key={part.name} part={part} />
          ))}
          <li>
            <Icon of={Archive} />
            <b>{t("delete.kept")}</b>
            <span className="muted">{t("delete.keptDays")}</span>
            <small>{t("delete.keptText")}</small>
          </li>
        </ul>
      )}
    </Loaded>
  );
}

function Impact({ part }: { part: Part }) {
  const t = useT();
  const key = `delete.parts.${part.name}`;
  return (
    <li>
      <Icon of={ICONS[part.name] ?? CircleAlert} />
      <b>{t.has(key) ? t(key as "delete.parts.access-keys", { count: part.count }) : `${part.count} ${part.label}`}</b>
      <span className="muted">{part.count === 0 ? t("delete.nothing") : t("delete.stopAtOnce")}</span>
      {part.warning !== null && <small className="is-warn">{part.warning}</small>}
    </li>
  );
}
