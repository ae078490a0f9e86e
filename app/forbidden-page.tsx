import { Lock } from "lucide-react";
import type { Translate } from "@/components/i18n/translate";
import { ButtonLink } from "@/components/ui/button";
import { State } from "@/components/ui/state";

/** A page that one knows of but may not use. */
export const forbidden = (t: Translate) => (
  <section className="card">
    <State heading="h1" icon={Lock} title={t("states.forbiddenTitle")} text={t("states.forbiddenText")}>
      <span className="row">
        <ButtonLink href="/">{t("states.toHome")}</ButtonLink>
      </span>
    </State>
  </section>
);
