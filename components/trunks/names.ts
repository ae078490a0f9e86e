import { isBlank } from "../lib/keys";

/** What a trunk is called in a sentence: "Office PBX", else its domain name. */
export const trunkName = ({ domainName, name }: { domainName: string; name: string }): string =>
  isBlank(name) ? domainName : name;
