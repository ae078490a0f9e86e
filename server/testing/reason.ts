import { isDomainError } from "@/server/kernel/errors";

/** What became of a verb: "done", or the reason of its refusal. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (isDomainError(error)) return error.reason;
    throw error;
  }
}
