"use client";

import { Smartphone } from "lucide-react";
import type { ExtensionFilter } from "@/server/domain/registrar/schemas";
import { useT } from "../i18n/provider";
import { UnknownNote } from "../registrations/unknown";
import { trpc } from "../trpc";
import { Loaded } from "../ui/loaded";
import { Note } from "../ui/note";

/** How many phones a deletion of many extensions cuts off, counted when it is asked for. */
export function PhonesOfMany({ input }: { input: { ids: string[] } | { filter: object } }) {
  const t = useT();
  const query = trpc.extension.countPhones.useQuery(input as { ids: string[] } | { filter: ExtensionFilter }, {
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query} lines={1}>
      {({ phones, whole, lookedAt }) =>
        phones === null ? (
          <UnknownNote />
        ) : (
          <Note tone={phones > 0 ? "warn" : "info"} icon={Smartphone} role="status">
            {t(whole ? "sipBulk.phones" : "sipBulk.phonesOfFirst", { phones, lookedAt })}
          </Note>
        )
      }
    </Loaded>
  );
}
