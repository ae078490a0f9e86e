import "server-only";
import { redirect } from "next/navigation";
import { prefetcher } from "./prefetch";

/**
 * Reads a list's saved views ahead, and goes to the one with which it opens, when the address says nothing else.
 * @param list the name under which the list keeps its views
 */
export async function openDefaultView(
  list: string,
  path: string,
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<void> {
  const { trpc } = await prefetcher();
  const [{ views, defaultId }, query] = await Promise.all([trpc.preference.views({ list }), searchParams]);
  await trpc.preference.views.prefetch({ list });
  const first = views.find(({ id }) => id === defaultId);
  if (first === undefined || Object.keys(query).length > 0) return;
  const address = new URLSearchParams(first.query);
  address.set("saved", first.id);
  redirect(`${path}?${address.toString()}`);
}
