/** What can be asked about one account; also in its page's address, for links from lists. */
export const SIP_DIALOGS = ["rotate", "reveal", "delete", "restore"] as const;
export type SipDialog = (typeof SIP_DIALOGS)[number];
