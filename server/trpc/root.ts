import { declaredAccess } from "./access";
import { createCallerFactory, router } from "./init";
import { accessKeyRouter } from "./routers/access-key";
import { accountRouter } from "./routers/account";
import { adminRouter } from "./routers/admin";
import { auditRouter } from "./routers/audit";
import { customerRouter } from "./routers/customer";
import { deadLetterRouter } from "./routers/dead-letter";
import { driftRouter } from "./routers/drift";
import { extensionRouter } from "./routers/extension";
import { handoverRouter } from "./routers/handover";
import { healthRouter } from "./routers/health";
import { jobRouter } from "./routers/job";
import { preferenceRouter } from "./routers/preference";
import { registrationRouter } from "./routers/registration";
import { searchRouter } from "./routers/search";
import { authRouter, sessionRouter } from "./routers/session";
import { trunkRouter } from "./routers/trunk";

export const appRouter = router({
  accessKey: accessKeyRouter,
  account: accountRouter,
  admin: adminRouter,
  audit: auditRouter,
  auth: authRouter,
  customer: customerRouter,
  deadLetter: deadLetterRouter,
  drift: driftRouter,
  extension: extensionRouter,
  handover: handoverRouter,
  health: healthRouter,
  job: jobRouter,
  preference: preferenceRouter,
  registration: registrationRouter,
  search: searchRouter,
  session: sessionRouter,
  trunk: trunkRouter,
});

/** Who may call what. No process starts with a procedure that does not say so. */
export const ACCESS = declaredAccess(appRouter);

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
