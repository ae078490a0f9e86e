/** A path of this console to go on to; anything that leads elsewhere becomes the home page. */
export function ownPath(address: string | string[] | undefined): string {
  const text = Array.isArray(address) ? address[0] : address;
  if (text === undefined) return "/";
  const base = "http://console.invalid";
  // next-auth hands over whole addresses; only their path is taken, and only if ours is all that is left.
  if (!/^\/(?![/\\])/.test(text) || !URL.canParse(text, base)) return "/";
  const url = new URL(text, base);
  return url.origin === base && !/^\/(api|sign-in|setup)(\/|$)/.test(url.pathname) ? url.pathname + url.search : "/";
}
