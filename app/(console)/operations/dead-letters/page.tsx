import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { LetterList } from "@/components/dead-letters/letter-list";
import { loadDeadLetterParams } from "@/components/dead-letters/list-params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../i18n";
import { prefetcher, within } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.deadLetters") });

/** The broker may be away, or others may be looking: then the list comes after the page. */
const PATIENCE_MS = 400;

export default async function DeadLetters({ searchParams }: PageProps<"/operations/dead-letters">) {
  const [{ t }, { size }, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadDeadLetterParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("dead-letter:read")) return forbidden(t);
  await within(PATIENCE_MS, [trpc.deadLetter.list.prefetch({ limit: size })]);
  return (
    <HydrateClient>
      <UrlState>
        <LetterList />
      </UrlState>
    </HydrateClient>
  );
}
