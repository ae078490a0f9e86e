import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";

/** Seconds that a one-time address is good for. */
export const HANDOVER_SECONDS = 600;

/** How a phone's settings may be fetched: by a person's browser, or as a file. */
export const HANDOVER_FORMATS = ["page", "xml", "txt", "sip"] as const;
export type HandoverFormat = (typeof HANDOVER_FORMATS)[number];
export const FILE_FORMATS = ["xml", "txt", "sip"] as const satisfies readonly HandoverFormat[];
export type FileFormat = (typeof FILE_FORMATS)[number];

export const createHandoverInput = z.object({
  /** Of the extension. */
  id: idInput,
  /** Whether the phone gets a new password at the moment of use. */
  renew: z.boolean().default(false),
});
export type CreateHandoverInput = z.input<typeof createHandoverInput>;

export const handoverInput = z.object({
  /** Of the extension. */
  id: idInput,
});
export type HandoverInput = z.input<typeof handoverInput>;

export const takeHandoverInput = z.object({
  token: z.string().max(200),
  format: z.enum(HANDOVER_FORMATS).default("page"),
});
export type TakeHandoverInput = z.input<typeof takeHandoverInput>;

/** What became of a one-time address; never the address itself. */
export interface HandoverView {
  id: string;
  extensionId: string;
  /** `ended`: a newer one took its place, it was withdrawn, or the extension was deleted or has another password. */
  state: "open" | "used" | "expired" | "ended";
  renew: boolean;
  tmCreate: string;
  tmExpire: string;
  /** Where it was used: when, as what, from which address, by which program. */
  use: { at: string; format: HandoverFormat; ip: string; userAgent: string } | null;
}

/** A new one-time address; it is in this answer alone. */
export interface NewHandover {
  handover: HandoverView;
  /** For a browser: a page that shows the settings when somebody asks it to. */
  page: string;
  /** For phones that fetch by themselves: whoever gets one of these first has the settings. */
  files: Record<FileFormat, string>;
}

/** What a phone has to be told. */
export interface PhoneSettings {
  extension: string;
  name: string;
  /** Server, domain and realm are the same. */
  domain: string;
  /** The name that the phone proves itself with; the extension unless somebody changed it. */
  username: string;
  password: string;
  transport: "udp" | "tcp" | "tls";
  /** `host` or `host:port`; null where the domain leads there. */
  proxy: string | null;
  /** Seconds after which a phone registers anew. */
  expires: number;
  files: Record<FileFormat, string>;
}
