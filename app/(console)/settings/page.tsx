import type { Metadata } from "next";
import { SettingsPage } from "@/components/settings/settings-page";
import { getI18n } from "../../i18n";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.settings") });

export default function Settings() {
  return <SettingsPage />;
}
