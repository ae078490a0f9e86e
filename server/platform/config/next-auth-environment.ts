import type { WebConfig } from "./index";

/** next-auth and Next read these two from the environment, and from nowhere else. */
export function exportWebEnvironment(config: WebConfig): void {
  process.env.NEXTAUTH_URL = config.publicUrl;
  process.env.NEXTAUTH_SECRET = config.authSecret.reveal();
}
