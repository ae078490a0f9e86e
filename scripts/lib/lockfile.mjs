/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   resolved?: string, link?: boolean, optionalDependencies?: Record<string, string> }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lockfile
 */

const systems = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "aix", "win32"];
const processors = [
  "arm64",
  "armv7",
  "arm",
  "x64",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];
/** @type {Record<string, string>} */
const libraries = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

/** What a native package's name says of the platform it is for. @param {string} name @returns {Partial<LockEntry>} */
export function platformOf(name) {
  const words = name.replace(/^@/, "").split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = os === "linux" && words.map((word) => libraries[word]).find(Boolean);
  return {
    ...(cpu && { cpu: [cpu === "armv7" ? "arm" : cpu] }),
    ...(os && { os: [os] }),
    ...(libc && { libc: [libc] }),
  };
}

/** Where Node would find `name` from the package at `path`. @param {Lockfile} lock @param {string} path @param {string} name */
function resolveFrom(lock, path, name) {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    const candidate = `${base ? `${base}/` : ""}node_modules/${name}`;
    if (lock.packages[candidate]) return candidate;
    if (!base) return undefined;
    if (!base.includes("/node_modules/")) base = "";
  }
}

/**
 * Adds each optional dependency that a locked package names and the lockfile lacks, and drops download addresses
 * (any registry may serve the packages; their integrity stays). npm leaves out packages of other platforms that the
 * registry at hand does not have, and `npm ci` then refuses the file.
 * @param {Lockfile} lock changed in place
 * @returns {string[]} what was added, as name@version
 */
export function completeLockfile(lock) {
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!entry.link) delete entry.resolved;
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!/^\d/.test(version) || resolveFrom(lock, path, name)) continue;
      lock.packages[`node_modules/${name}`] = {
        version,
        ...(entry.dev && { dev: true }),
        optional: true,
        ...platformOf(name),
      };
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

/**
 * Whether an installed tree (npm's hidden lockfile) has everything the lockfile asks of this platform.
 * @param {Lockfile | undefined} lock @param {Lockfile | undefined} installed
 */
export function isInstalled(lock, installed) {
  if (!lock || !installed) return false;
  return Object.entries(lock.packages).every(
    ([path, entry]) => !path || entry.optional || entry.link || installed.packages[path]?.version === entry.version,
  );
}
