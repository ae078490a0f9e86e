/** What a command line says about variables, and the arguments that are not about them. */
export interface ConfigFlags {
  values: Record<string, string>;
  rest: string[];
  /** Flags of ours that lack their value. */
  incomplete: string[];
}

/**
 * Picks the flags that stand for variables: `--rabbitmq_address x`, `--rabbitmq-address=x` (contract/messaging.md §9).
 * @param names the variables that have a flag
 */
export function extractConfigFlags(argv: readonly string[], names: readonly string[]): ConfigFlags {
  const known = new Set(names);
  const flags: ConfigFlags = { values: {}, rest: [], incomplete: [] };
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? "";
    if (argument === "--") {
      flags.rest.push(...argv.slice(i));
      break;
    }
    const match = /^--([A-Za-z][A-Za-z0-9_-]*)(?:=([^]*))?$/.exec(argument);
    const name = match?.[1]?.replaceAll("-", "_").toUpperCase() ?? "";
    if (!known.has(name)) {
      flags.rest.push(argument);
      continue;
    }
    const value = match?.[2] ?? argv[++i];
    if (value === undefined) flags.incomplete.push(name);
    else flags.values[name] = value;
  }
  return flags;
}
