import { createHash } from "node:crypto";
import type { AccessKeyView, CustomerView } from "./schemas";
import { uuidText } from "@/server/kernel/ids";

/** Select lists of the two tables; rows come as arrays in this order. */
export type CustomerRow = [
  id: Buffer,
  name: string | null,
  detail: string | null,
  email: string | null,
  phoneNumber: string | null,
  address: string | null,
  webhookMethod: string | null,
  webhookUri: string | null,
  billingAccountId: Buffer | null,
  tmCreate: string | null,
  tmUpdate: string | null,
  tmDelete: string | null,
];

export type AccessKeyRow = [
  id: Buffer,
  customerId: Buffer | null,
  name: string | null,
  detail: string | null,
  token: string | null,
  tokenHash: Buffer | null,
  tmPrevExpire: string | null,
  tmUsed: string | null,
  usedIp: string | null,
  usedAgent: string | null,
  tmExpire: string | null,
  tmCreate: string | null,
  tmUpdate: string | null,
  tmDelete: string | null,
];

export function toCustomerView(row: CustomerRow): CustomerView {
  return {
    id: uuidText(row[0]),
    name: row[1] ?? "",
    detail: row[2] ?? "",
    email: row[3] ?? "",
    phoneNumber: row[4] ?? "",
    address: row[5] ?? "",
    webhookMethod: row[6] ?? "",
    webhookUri: row[7] ?? "",
    billingAccountId: uuidText(row[8]),
    tmCreate: row[9] ?? "",
    tmUpdate: row[10] ?? "",
    tmDelete: row[11] ?? "",
  };
}

/** What is shown of a token: enough to tell keys apart, too little to guess one. */
export function maskToken(token: string): string {
  if (token === "" || token.endsWith("…")) return token;
  return `${token.slice(0, token.startsWith("vb_") ? 7 : 4)}…`;
}

export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

export function toAccessKeyView(row: AccessKeyRow): AccessKeyView {
  return {
    id: uuidText(row[0]),
    customerId: uuidText(row[1]),
    name: row[2] ?? "",
    detail: row[3] ?? "",
    // A row that the original service wrote lately may still hold the plain token; it is never shown.
    token: row[5] === null ? maskToken(row[4] ?? "") : (row[4] ?? ""),
    tmPrevExpire: row[6] ?? "",
    tmUsed: row[7] ?? "",
    usedIp: row[8] ?? "",
    usedAgent: row[9] ?? "",
    tmExpire: row[10] ?? "",
    tmCreate: row[11] ?? "",
    tmUpdate: row[12] ?? "",
    tmDelete: row[13] ?? "",
  };
}
