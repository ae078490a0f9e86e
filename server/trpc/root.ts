import { declaredAccess } from "./access";
import { createCallerFactory, router } from "./init";
import { accessKeyRouter } from "./routers/access-key";
import { accountRouter } from "./routers/account";
import { adminRouter } from "./routers/admin";
import { auditRouter } from "./routers/audit";
import { customerRouter } from "./routers/customer";
import { deadLetterRouter } from "./routers/dead-letter";
import { healthRouter } from "./routers/health";
import { jobRouter } from "./routers/job";
import { preferenceRouter } from "./routers/preference";
import { searchRouter } from "./routers/search";
import { authRouter, sessionRouter } from "./routers/session";

export const appRouter = router({
  accessKey: accessKeyRouter,
  account: accountRouter,
  admin: adminRouter,
  audit: auditRouter,
  auth: authRouter,
  customer: customerRouter,
  deadLetter: deadLetterRouter,
  health: healthRouter,
  job: jobRouter,
  preference: preferenceRouter,
  search: searchRouter,
  session: sessionRouter,
});

/** Who may call what. No process starts with a procedure that does not say so. */
export const ACCESS = declaredAccess(appRouter);

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
