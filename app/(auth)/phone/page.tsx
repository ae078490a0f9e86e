import type { Metadata } from "next";
import { PhonePage } from "@/components/handover/phone-page";
import { getI18n } from "../../i18n";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getI18n()).t("handover.phone.meta"),
  referrer: "no-referrer",
  robots: { index: false, follow: false, noarchive: true },
});

export default function Page() {
  return <PhonePage />;
}
