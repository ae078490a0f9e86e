"use client";

import dynamic from "next/dynamic";
import { HandOverButton } from "../handover/hand-over-button";
import { isSet } from "../lib/times";
import { ASK_AGAIN_MS } from "../registrations/unknown";
import { AccountPage } from "../sip/account-page";
import { trpc } from "../trpc";
import { RecordState } from "../ui/record-state";
import { accountOf } from "./account";
import { LiveState } from "./live-state";
import { ExtensionOverview } from "./overview";

// Loaded when one is first opened.
const ExtensionDialogs = dynamic(() => import("./extension-dialogs").then((module) => module.ExtensionDialogs), {
  ssr: false,
});

export function ExtensionPage({ id }: { id: string }) {
  const query = trpc.extension.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.registrations === null ? ASK_AGAIN_MS : false) },
  );
  const extension = query.data;
  if (extension === undefined) return <RecordState query={query} />;
  return (
    <AccountPage
      account={accountOf(extension)}
      badge={<LiveState extension={extension} badge />}
      actions={!isSet(extension.tmDelete) && <HandOverButton extension={extension} />}
      dialogs={(props) => <ExtensionDialogs extension={extension} {...props} />}
      besidePassword={<HandOverButton extension={extension} />}
    >
      <ExtensionOverview extension={extension} />
    </AccountPage>
  );
}
