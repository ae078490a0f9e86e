import type { ImportKind } from "@/server/domain/registrar/limits";
import { download } from "../lib/download";

const SAMPLES: Readonly<Record<ImportKind, readonly string[]>> = {
  extensions: [
    "extension,name,detail,password",
    "1001,Front desk,Lobby phone,",
    "1002,Ada Lovelace,,",
    "1003,Warehouse,Second door,a-password-of-your-own",
  ],
  trunks: [
    "domainName,name,detail,authTypes,username,password,allowedIps",
    "branch-berlin,Branch Berlin,PBX in the basement,basic,berlin,,",
    'carrier-one,Carrier one,,ip,,,"192.0.2.10 192.0.2.0/24"',
    "both-ways,Both,,basic ip,pbx,,2001:db8::/32",
  ],
};

/** A file that shows what can be said. */
export function downloadSample(kind: ImportKind): void {
  download(`${kind}-sample.csv`, "text/csv", `\ufeff${SAMPLES[kind].join("\r\n")}\r\n`);
}
