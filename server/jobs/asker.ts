import { findActingAdmin } from "@/server/domain/admin";
import { findActingAccessKey } from "@/server/domain/customer";
import type { FindAsker } from "@/server/domain/jobs";
import { EVERYONE } from "@/server/kernel/context";
import { ACCESS_KEY_RIGHTS, PLATFORM_RIGHTS } from "@/server/kernel/permissions";

/** Who asked for a job, as he is now. Siblings and commands keep the trust that they had when they asked. */
export const findAsker: FindAsker = async (ctx, owner) => {
  const { id, name } = owner;
  switch (owner.type) {
    case "admin":
      return await findActingAdmin(ctx, id);
    case "access-key": {
      const key = await findActingAccessKey(ctx, id);
      if (key === null) return null;
      const { customerId } = key;
      return {
        actor: { type: "access-key", id, name, customerId },
        tenant: { all: false, customerId },
        rights: ACCESS_KEY_RIGHTS,
      };
    }
    case "cli":
    case "service":
      return { actor: { type: owner.type, id, name }, tenant: EVERYONE, rights: PLATFORM_RIGHTS };
    default:
      return null;
  }
};
