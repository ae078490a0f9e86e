import next from "eslint-config-next/core-web-vitals";
import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

const pages = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "proxy.ts"];
const sources = ["app", "components", "server", "db", "client"].map((folder) => `${folder}/**/*.{ts,tsx}`);
const tests = ["**/*.test.{ts,tsx}", "server/testing/**", "db/testing.ts", "e2e/**", "bench/**"];

/** Layers by folder. A folder that is not listed here cannot be imported from one that is. */
const elements = [
  { type: "app", pattern: "app" },
  { type: "components", pattern: "components" },
  { type: "domain", pattern: "server/domain/*", capture: ["domain"] },
  ...[
    "kernel",
    "platform",
    "providers",
    "auth",
    "trpc",
    "rpc",
    "events",
    "jobs",
    "live",
    "export",
    "phone",
    "cli",
    "commands",
    "testing",
  ].map((name) => ({
    type: name,
    pattern: `server/${name}`,
  })),
  { type: "db", pattern: "db" },
].map((element) => ({ ...element, partialMatch: false }));

/** Single files with a role of their own. */
const files = [
  { category: "test", pattern: tests },
  { category: "schemas", pattern: "server/domain/*/**/{schemas,limits,*-schemas}.ts" },
  { category: "domain-index", pattern: "server/domain/*/index.ts" },
  { category: "trpc-root", pattern: "server/trpc/root.ts" },
  { category: "trpc-caller", pattern: "server/trpc/caller.ts" },
  { category: "permissions", pattern: "server/kernel/permissions.ts" },
  { category: "ids", pattern: "db/uuid.ts" },
  { category: "registry", pattern: "server/process-registry.ts" },
  { category: "composition", pattern: "server/{container,worker,web}.ts" },
];

const layer = (...types) => ({ element: { types: { anyOf: types } } });
const file = (...categories) => ({ file: { categories: { anyOf: categories } } });
/** @param {object} from @param {...object} to */
const allow = (from, ...to) => ({ from, allow: to.map((target) => ({ to: target })) });

const adapters = ["trpc", "rpc", "events", "jobs", "live", "export", "phone", "auth"];

/** Who may import whom; everything else inside the checkout is an error. See "Directions" in the README. */
const policies = [
  allow(
    layer("app"),
    layer("app", "components", "auth"),
    file("schemas", "trpc-caller", "permissions", "ids", "registry"),
  ),
  allow(layer("components"), layer("components"), file("schemas", "permissions", "ids")),
  // The pages know the router by its type alone.
  {
    from: layer("app", "components"),
    allow: { to: file("trpc-root"), dependency: { kind: "type" } },
  },
  // Driving adapters translate and call a verb; they never meet.
  ...adapters.map((name) =>
    allow(layer(name), layer(name, "kernel", "platform"), file("domain-index", "schemas", "registry")),
  ),
  allow(layer("trpc"), layer("auth")),
  { from: layer(...adapters), allow: { to: layer("db"), dependency: { kind: "type" } } },
  // A verb: kernel, tables, its own folder, and another domain only through its front door.
  allow(
    layer("domain"),
    layer("kernel", "db"),
    { element: { type: "domain", captured: { domain: "{{ from.element.captured.domain }}" } } },
    file("domain-index"),
  ),
  // What the browser gets: schemas know schemas and the table of permissions.
  allow(layer("domain"), file("schemas")),
  allow(layer("kernel"), layer("kernel", "db")),
  allow(layer("platform"), layer("platform", "kernel", "db")),
  // A provider implements the port of its domain.
  allow(layer("providers"), layer("providers", "platform", "kernel"), {
    ...file("domain-index"),
    element: { type: "domain" },
  }),
  allow(layer("db"), layer("db", "platform")),
  // The places that construct things, and tests, may know everything.
  ...[layer("cli", "commands"), file("composition", "registry", "test")].map((from) => ({
    from,
    allow: { to: { element: { type: "*" } } },
  })),
  ...[layer("cli", "commands"), file("composition", "registry", "test")].map((from) => ({
    from,
    allow: { to: file("*") },
  })),
];

const forbid = (message, ...group) => ({ group, message });

export default tseslint.config(
  {
    ignores: ["node_modules", ".next", ".data", "dist", "coverage", "next-env.d.ts", "**/fixtures", "client/dist"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...next.map((config) => ({ ...config, files: config.files ?? pages })).map((config) => ({ ...config, files: pages })),
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportAllDeclaration",
          message: "Name what you export: a barrel of `export *` hides where things come from.",
        },
      ],
    },
  },
  {
    files: ["**/*.test.ts", "e2e/**"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["test", "describe", "it"], package: "node:test" }] },
      ],
    },
  },
  {
    files: sources,
    plugins: { boundaries },
    settings: {
      "boundaries/elements": elements,
      "boundaries/files": files,
      "boundaries/root-path": import.meta.dirname,
      "boundaries/legacy-templates": false,
      "import/resolver": { typescript: { project: `${import.meta.dirname}/tsconfig.json` } },
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          message:
            "{{ from.element.type }} may not import {{ to.file.path }} (see the dependency directions in eslint.config.js)",
          policies,
        },
      ],
    },
  },
  {
    files: ["server/domain/**/*.ts", "server/kernel/**/*.ts"],
    ignores: tests,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            forbid(
              "A rule of the business knows no transport: that belongs into an adapter or behind a port.",
              "@trpc/*",
              "next",
              "next/*",
              "next-auth",
              "next-auth/*",
              "amqplib",
              "ioredis",
            ),
          ],
        },
      ],
    },
  },
  {
    files: ["components/**/*.{ts,tsx}", "server/domain/*/**/schemas.ts", "server/domain/*/**/*-schemas.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            forbid(
              "This code runs in the browser.",
              "node:*",
              "mysql2",
              "mysql2/*",
              "drizzle-orm",
              "drizzle-orm/*",
              "amqplib",
              "ioredis",
              "pino",
            ),
          ],
        },
      ],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    ignores: ["components/shell/toaster.tsx", "components/ui/toast.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "sonner", message: "Use components/ui/toast: it loads this when there is something to say." },
          ],
        },
      ],
    },
  },
  {
    files: sources,
    ignores: [...tests, "server/platform/config/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Configuration is read in server/platform/config alone." },
      ],
    },
  },
);
