import { SearchX } from "lucide-react";
import { AuthFrame } from "@/components/auth/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { getI18n } from "./i18n";
import { titled } from "./titled";

export const generateMetadata = titled("states.notFoundTitle");

/** An address that leads nowhere. */
export default async function NotFound() {
  const { t } = await getI18n();
  return (
    <AuthFrame title={t("states.notFoundTitle")} text={t("states.notFoundText")}>
      <ButtonLink size="lg" block icon={SearchX} href="/">
        {t("states.toHome")}
      </ButtonLink>
    </AuthFrame>
  );
}
