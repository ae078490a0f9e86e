import { redirect } from "next/navigation";
import { SignIn } from "@/components/auth/sign-in";
import { publicCaller } from "@/server/trpc/caller";
import { ownPath } from "../own-path";
import { titled } from "../../titled";

export const generateMetadata = titled("auth.signIn");

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, ended } = await searchParams;
  const callback = ownPath(callbackUrl);
  const session = await (await publicCaller()).session.me().catch(() => null);
  if (session !== null) redirect(callback);
  return <SignIn callback={callback} ended={ended !== undefined} />;
}
