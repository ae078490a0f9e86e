export { createAdminClient, type AdminClient, type AdminClientOptions, type CallOptions } from "./client";
export { AdminClientError, type ClientErrorCode, type ErrorCode, type ErrorFields } from "./errors";
