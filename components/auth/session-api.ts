/** What the server refused a sign-in for. */
export interface SignInRefusal {
  /** A machine word, e.g. `WRONG_CODE`; `OFFLINE` when there was no answer. */
  reason: string;
  /** Seconds to wait; 0 where that is not what is wrong. */
  retryAfter: number;
}

async function post(path: string, fields: Record<string, string>): Promise<URL> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const answer = await fetch(`/api/auth/${path}`, { method: "POST", body });
  const { url } = (await answer.json()) as { url: string };
  return new URL(url, window.location.origin);
}

/**
 * Ends a sign-in that has begun; with the answer the browser gets the session's cookie.
 * @param fields its token, and what the second step needs
 * @returns null when that is done
 */
export async function finishSignIn(fields: Record<string, string>): Promise<SignInRefusal | null> {
  try {
    const url = await post("callback/credentials", fields);
    const error = url.searchParams.get("error");
    if (error === null) return null;
    const [reason = "", wait = ""] = error.split(" ");
    return { reason, retryAfter: Number(wait) || 0 };
  } catch {
    return { reason: "OFFLINE", retryAfter: 0 };
  }
}

/** Ends the session and forgets its cookie. */
export async function signOut(): Promise<void> {
  await post("signout", {});
}
