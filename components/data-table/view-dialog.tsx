"use client";

import { NameDialog } from "../forms/name-dialog";
import { useT } from "../i18n/provider";

/** As the schema has it: names of views are tabs. */
const NAME_MOST = 60;

/** Asks for the name of a view. @param onSave throws when it could not be kept; the dialog says why and stays */
export function ViewDialog({
  mode,
  name,
  onClose,
  onSave,
}: {
  mode: "save" | "rename" | null;
  name: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
}) {
  const t = useT();
  return (
    <NameDialog
      open={mode !== null}
      onClose={onClose}
      title={t(mode === "rename" ? "list.renameViewTitle" : "list.saveViewTitle")}
      description={mode === "rename" ? undefined : t("list.saveViewText")}
      label={t("list.viewName")}
      missing={t("list.viewNameMissing")}
      submit={t("list.saveView")}
      name={name}
      longest={NAME_MOST}
      onName={async (text) => {
        await onSave(text);
        onClose();
      }}
    />
  );
}
