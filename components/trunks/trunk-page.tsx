"use client";

import dynamic from "next/dynamic";
import { AccountPage } from "../sip/account-page";
import { trpc } from "../trpc";
import { RecordState } from "../ui/record-state";
import { accountOf } from "./account";
import { TrunkOverview } from "./overview";
import { TrunkStatus } from "./trunk-status";

// Loaded when one is first opened.
const TrunkDialogs = dynamic(() => import("./trunk-dialogs").then((module) => module.TrunkDialogs), {
  ssr: false,
});

export function TrunkPage({ id }: { id: string }) {
  const query = trpc.trunk.get.useQuery({ id });
  const trunk = query.data;
  if (trunk === undefined) return <RecordState query={query} />;
  return (
    <AccountPage
      account={accountOf(trunk)}
      badge={<TrunkStatus tmDelete={trunk.tmDelete} />}
      dialogs={(props) => <TrunkDialogs trunk={trunk} {...props} />}
    >
      <TrunkOverview trunk={trunk} />
    </AccountPage>
  );
}
