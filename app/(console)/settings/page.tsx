import { SettingsPage } from "@/components/settings/settings-page";
import { titled } from "../../titled";

export const generateMetadata = titled("nav.settings");

export default function Settings() {
  return <SettingsPage />;
}
