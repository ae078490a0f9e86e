import type { ReactNode } from "react";
import { UrlState } from "@/components/lib/url-state";
import type { Right } from "@/server/kernel/permissions";
import { openDefaultView } from "../default-view";
import { forbidden } from "../forbidden-page";
import { getI18n } from "../i18n";
import { prefetcher } from "../prefetch";

type Query = Promise<Record<string, string | string[] | undefined>>;
type Procedures = Awaited<ReturnType<typeof prefetcher>>["trpc"];

/** The route of a list: for whom it is to see, and with what it shows read ahead, so that it is drawn at once. */
export function listPage<Params>({
  right,
  load,
  opensWith,
  read,
  list,
}: {
  right?: Right;
  /** What the address says. */
  load: (query: Query) => Promise<Params>;
  /** The name under which the list keeps its views, and its address: it opens with the view that somebody has chosen. */
  opensWith?: { views: string; path: string };
  read: (trpc: Procedures, params: Params) => Promise<unknown>;
  list: ReactNode;
}) {
  return async function ListPage({ searchParams }: { searchParams: Query }) {
    const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([getI18n(), load(searchParams), prefetcher()]);
    const { rights } = await trpc.session.me();
    if (right !== undefined && !rights.includes(right)) return forbidden(t);
    if (opensWith !== undefined) await openDefaultView(opensWith.views, opensWith.path, searchParams);
    await read(trpc, params);
    return (
      <HydrateClient>
        <UrlState>{list}</UrlState>
      </HydrateClient>
    );
  };
}
