/** Counts what comes to one-time addresses. */
export interface HandoverAttempts {
  /**
   * Counts one attempt.
   * @param kind `forged`: a token that we never made; `known`: one of ours, whatever became of it
   * @param key where a forged one came from, or the hash of a known one
   * @returns seconds to wait, 0 when the attempt may go on
   */
  take(kind: "forged" | "known", key: string): Promise<number>;
}

/** What handing over to a phone needs to know of the installation; the web process has it. */
export interface HandoverPort {
  /** Where browsers and phones reach us. */
  origin: string;
  transport: "udp" | "tcp" | "tls";
  /** `host` or `host:port`; null where phones go by their domain. */
  proxy: string | null;
  attempts: HandoverAttempts;
}

declare module "@/server/kernel/context" {
  interface Ports {
    handover: HandoverPort | null;
  }
}
