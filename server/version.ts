declare const __VERSION__: string | undefined;

/** What runs: the package's version and the commit that it was built from; `dev` where nothing was built. */
export const VERSION = typeof __VERSION__ === "string" ? __VERSION__ : "dev";
