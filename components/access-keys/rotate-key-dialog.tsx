"use client";

import { useState } from "react";
import { DialogForm, FormDialog } from "../forms/form-dialog";
import { useAttempt } from "../forms/use-attempt";
import { useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { trpc, type AccessKey, type Outputs } from "../trpc";
import { keyName } from "./columns";
import { OVERLAPS } from "./lifetimes";

interface Props {
  accessKey: AccessKey;
  open: boolean;
  onClose: () => void;
  onMade: (made: Outputs["accessKey"]["rotate"]) => void;
}

const DEFAULT_OVERLAP = 86_400;

/** A new token for a key; the admin says for how long the old one may go on. */
export function RotateKeyDialog(props: Props) {
  const t = useT();
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      startAtCancel
      title={t("keys.rotateTitle", { name: keyName(props.accessKey) })}
      description={t("keys.rotateText")}
    >
      <RotateKeyForm {...props} />
    </FormDialog>
  );
}

function RotateKeyForm({ accessKey, onClose, onMade }: Props) {
  const t = useT();
  const utils = trpc.useUtils();
  const [overlap, setOverlap] = useState(DEFAULT_OVERLAP);
  const { attempt, busy, failure } = useAttempt();
  const rotate = trpc.accessKey.rotate.useMutation({ ...useIdempotency(), gcTime: 0 });
  const submit = async () => {
    const made = await rotate.mutateAsync({ id: accessKey.id, overlap });
    onClose();
    onMade(made);
    await utils.accessKey.invalidate();
  };
  return (
    <DialogForm
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void attempt(submit);
      }}
      busy={busy}
      failure={failure}
      submit={t("keys.rotate")}
    >
      <fieldset className="stack stack--sm">
        <legend className="field__label field__label--legend">{t("keys.overlap")}</legend>
        {OVERLAPS.map(({ seconds, label, hint }) => (
          <label className="choice" key={seconds}>
            <span className="check">
              <input
                type="radio"
                name="overlap"
                value={seconds}
                checked={overlap === seconds}
                onChange={() => setOverlap(seconds)}
              />
            </span>
            <b>{t(label)}</b>
            <small>{t(hint)}</small>
          </label>
        ))}
      </fieldset>
    </DialogForm>
  );
}
