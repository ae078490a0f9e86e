import { SearchX } from "lucide-react";
import { BackToList } from "@/components/shell/back-to-list";
import { ButtonLink } from "@/components/ui/button";
import { State } from "@/components/ui/state";
import { getI18n } from "../i18n";

/** A record that is not there, or not ours to see. */
export default async function ConsoleNotFound() {
  const { t } = await getI18n();
  return (
    <section className="card">
      <State heading="h1" icon={SearchX} title={t("states.recordNotFoundTitle")} text={t("states.recordNotFoundText")}>
        <span className="row">
          <BackToList />
          <ButtonLink href="/">{t("states.toHome")}</ButtonLink>
        </span>
      </State>
    </section>
  );
}
