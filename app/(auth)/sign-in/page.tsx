import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/components/auth/auth-frame";
import { SignInForm } from "@/components/auth/sign-in-form";
import { publicCaller } from "@/server/trpc/caller";
import { getI18n } from "../../i18n";
import { ownPath } from "../own-path";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("auth.signIn") });

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const [{ t }, { callbackUrl, ended }] = await Promise.all([getI18n(), searchParams]);
  const callback = ownPath(callbackUrl);
  const session = await (await publicCaller()).session.me().catch(() => null);
  if (session !== null) redirect(callback);
  return (
    <AuthFrame title={t("auth.signIn")} text={t("auth.signInText")}>
      <SignInForm callback={callback} ended={ended !== undefined} />
    </AuthFrame>
  );
}
