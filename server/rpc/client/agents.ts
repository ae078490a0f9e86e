import type { AgentDirectory } from "@/server/domain/customer";
import { askSibling, refused, type RequestTransport } from "./sibling";

/** agent-manager's list of agents, asked by user name (contract/customer.md §4.3). */
export function createAgentDirectory(transport: RequestTransport): AgentDirectory {
  return {
    async hasAgent(_ctx, username) {
      const data = await askSibling(transport, {
        service: "agent-manager",
        method: "GET",
        uri: "/v1/agents?page_token=&page_size=100",
        resource: "agent/agents",
        publisher: "customer-manager",
        data: { deleted: false, username },
      });
      if (data === undefined || data === null) return false;
      if (!Array.isArray(data)) throw refused("agent-manager", "something that is no list");
      return data.length > 0;
    },
  };
}
