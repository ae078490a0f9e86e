import { join } from "node:path";

function named(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`${name} is not set: the browser tests are run by npm test -- --only e2e`);
  return value;
}

/** Where the installation under test is; each is asked for when it is needed. */
export const environment = {
  baseUrl: () => named("BASE_URL"),
  /** The one-time link of an installation without an admin. */
  setupUrl: () => named("SETUP_URL"),
  rabbitmq: () => named("RABBITMQ_ADDRESS"),
};

/** An executable of the build. */
export const executable = (name: string): string => join(import.meta.dirname, "../../dist/bin", name);
