import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run typecheck`, once for the whole project.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "@simplewebauthn/server", "mysql2", "amqplib", "ioredis", "pino"],
  turbopack: { root: import.meta.dirname },
  experimental: {
    // Pages that were read ahead on hover hold records: they are good for this many seconds.
    staleTimes: { dynamic: 0, static: 30 },
    // Every browser of the last years knows light-dark(); the tokens stay readable in the inspector.
    useLightningcss: true,
    lightningCssFeatures: { exclude: ["light-dark"] },
  },
  redirects: () =>
    Promise.resolve([
      { source: "/activity", destination: "/activity/audit", permanent: false },
      { source: "/operations", destination: "/operations/health", permanent: false },
    ]),
};

/** Texts are compiled while building, so that browsers load no parser for them. */
const withTexts = createNextIntlPlugin({
  requestConfig: "./app/i18n/request.ts",
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
});

export default withTexts(config);
