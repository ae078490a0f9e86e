"use client";

import { useRef, useState } from "react";
import { FormFailure } from "../forms/form-failure";
import { useIdempotency } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { trpc, type AccessKey, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
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
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      initialFocus={keep}
      title={t("keys.rotateTitle", { name: keyName(props.accessKey) })}
      description={t("keys.rotateText")}
    >
      <RotateKeyForm {...props} keep={keep} />
    </Dialog>
  );
}

function RotateKeyForm({
  accessKey,
  onClose,
  onMade,
  keep,
}: Props & { keep: React.RefObject<HTMLButtonElement | null> }) {
  const t = useT();
  const utils = trpc.useUtils();
  const idempotency = useIdempotency();
  const [overlap, setOverlap] = useState(DEFAULT_OVERLAP);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const rotate = trpc.accessKey.rotate.useMutation({ trpc: { context: idempotency.context }, gcTime: 0 });
  const submit = async () => {
    if (rotate.isPending) return;
    const input = { id: accessKey.id, overlap };
    idempotency.prepare(input);
    setFailure(null);
    try {
      const made = await rotate.mutateAsync(input);
      idempotency.done();
      onClose();
      onMade(made);
      await utils.accessKey.invalidate();
    } catch (error) {
      setFailure(describeFailure(error, t));
    }
  };
  return (
    <form
      className="dialog__form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="dialog__body">
        <FormFailure failure={failure} />
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
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" tone="primary" busy={rotate.isPending}>
          {t("keys.rotate")}
        </Button>
      </div>
    </form>
  );
}
