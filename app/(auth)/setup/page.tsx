import { Link2Off } from "lucide-react";
import type { Metadata } from "next";
import { AuthFrame } from "@/components/auth/auth-frame";
import { SetupForm } from "@/components/auth/setup-form";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { publicCaller } from "@/server/trpc/caller";
import { getI18n } from "../../i18n";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getI18n()).t("auth.setupTitle"),
  // The token is in the address: it must not leave with a referrer.
  referrer: "no-referrer",
});

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  const [{ t }, { token }] = await Promise.all([getI18n(), searchParams]);
  const text = typeof token === "string" ? token.slice(0, 200) : "";
  const link = text === "" ? null : await (await publicCaller()).auth.link({ token: text });
  if (link === null || !link.valid) {
    return (
      <AuthFrame title={t("auth.linkUsedTitle")} text={t("auth.linkUsedText")}>
        <Note icon={Link2Off}>
          <p>{t("auth.linkUsedHow")}</p>
        </Note>
        <ButtonLink size="lg" block href="/sign-in">
          {t("auth.signIn")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  const reset = link.purpose === "reset";
  return (
    <AuthFrame
      title={t(reset ? "auth.resetTitle" : link.purpose === "invite" ? "auth.inviteTitle" : "auth.setupTitle")}
      text={t(link.purpose === "setup" ? "auth.setupText" : reset ? "auth.resetText" : "auth.inviteText")}
    >
      <SetupForm token={text} link={link} />
    </AuthFrame>
  );
}
