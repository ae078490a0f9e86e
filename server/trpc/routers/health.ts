import { procedure, router } from "../init";

export const healthRouter = router({
  get: procedure("health:read").query(({ ctx: { health } }) => health()),
});
