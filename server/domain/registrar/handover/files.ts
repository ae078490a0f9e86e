import { createHash } from "node:crypto";
import type { PhoneSettings } from "./schemas";
import type { HandoverPort } from "./ports";
import type { ExtensionRecord } from "../extension/repository";

/** What Asterisk grants by default (contract/registrar.md §10.2). */
const EXPIRES_SECONDS = 3_600;

type Settings = Omit<PhoneSettings, "files">;

/** What a phone is told of an extension, in words and as files. */
export function settingsOf(
  { extension, name, realm, username, password }: ExtensionRecord,
  { transport, proxy }: Pick<HandoverPort, "transport" | "proxy">,
): PhoneSettings {
  const settings: Settings = {
    extension,
    name,
    domain: realm,
    username,
    password,
    transport,
    proxy,
    expires: EXPIRES_SECONDS,
  };
  return {
    ...settings,
    files: { xml: toLinphoneXml(settings), txt: toText(settings), sip: `${toSipUri(settings)}\n` },
  };
}

/** All but what a SIP URI takes as it is in its user part (RFC 3261 §25.1, "unreserved"). */
const escaped = (text: string): string => encodeURIComponent(text);

/** `sip:user:password@domain`, as many apps read it from a picture. */
function toSipUri({ extension, password, domain, transport }: Settings): string {
  return `sip:${escaped(extension)}:${escaped(password)}@${domain};transport=${transport}`;
}

function toText(settings: Settings): string {
  const { extension, name, domain, username, password, transport, proxy, expires } = settings;
  const lines: [label: string, value: string][] = [
    ...(name.trim() === "" ? [] : ([["Name", name]] as [string, string][])),
    ["Server", domain],
    ["User", extension],
    ["Authentication user", username],
    ["Password", password],
    ["Transport", transport.toUpperCase()],
    ...(proxy === null ? [] : ([["Outbound proxy", proxy]] as [string, string][])),
    ["Register every", `${expires} seconds`],
    ["Address", toSipUri(settings)],
  ];
  return `${lines.map(([label, value]) => `${label}: ${value}`).join("\n")}\n`;
}

/**
 * Linphone's remote provisioning file: sections and keys of its settings. `transient_provisioning` keeps the app from
 * fetching the address, which is good once, again at each start.
 */
function toLinphoneXml(settings: Settings): string {
  const { extension, name, domain, username, transport, proxy, expires } = settings;
  const server = `<sip:${proxy ?? domain};transport=${transport}>`;
  const identity = `sip:${escaped(extension)}@${domain}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.linphone.org/xsds/lpconfig.xsd lpconfig.xsd">',
    ...section("misc", { transient_provisioning: "1" }),
    ...section("sip", { default_proxy: "0" }),
    ...section("proxy_0", {
      reg_proxy: `<sip:${domain};transport=${transport}>`,
      ...(proxy === null ? {} : { reg_route: server.replace(">", ";lr>") }),
      reg_identity: name.trim() === "" ? identity : `"${quoted(name)}" <${identity}>`,
      reg_expires: String(expires),
      reg_sendregister: "1",
      realm: domain,
    }),
    ...section("auth_info_0", {
      username: extension,
      userid: username,
      ...proofOf(settings),
      realm: domain,
      domain,
    }),
    "</config>",
    "",
  ].join("\n");
}

/** Two characters that a password may have are none of XML: then the digest says the same. */
function proofOf({ username, domain, password }: Settings): Record<string, string> {
  if (!NOT_XML.test(password)) return { passwd: password };
  const ha1 = createHash("md5").update(`${username}:${domain}:${password}`).digest("hex");
  return { ha1, algorithm: "MD5" };
}

const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Inside a SIP display name. */
const quoted = (text: string): string =>
  text
    .replace(new RegExp(NOT_XML, "gu"), "")
    .replaceAll(/[\t\n\r]/g, " ")
    .replaceAll(/["\\]/g, "\\$&");

const section = (name: string, entries: Record<string, string>): string[] => [
  `  <section name="${name}">`,
  ...Object.entries(entries).map(([key, value]) => `    <entry name="${key}" overwrite="true">${inXml(value)}</entry>`),
  "  </section>",
];

const XML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const inXml = (text: string): string => text.replaceAll(/[&<>]/g, (character) => XML[character] ?? "");
