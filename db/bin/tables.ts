import {
  adminAudit,
  adminDailyCounts,
  adminImportRows,
  adminJobKeys,
  adminJobResults,
  adminJobs,
  adminLinks,
  adminLocks,
  adminOutbox,
  adminPreferences,
  adminProcesses,
  adminReceipts,
  adminSessions,
  adminUsers,
} from "./schema/admin";
import { customerAccesskeys, customerCustomers } from "./schema/customer";
import { adminHandovers } from "./schema/handover";
import { adminDriftFindings } from "./schema/drift";
import { numberNumbers } from "./schema/number";
import { outdialOutdials, outdialOutdialtargetcalls, outdialOutdialtargets } from "./schema/outdial";
import { registrarExtensions, registrarSipAuths, registrarTrunks } from "./schema/registrar";
import {
  adminRegistrationAlarms,
  adminRegistrationChanges,
  adminRegistrationSamples,
  adminRegistrationStates,
  adminRegistrationTotals,
} from "./schema/registration";
import { adminPasskeys, adminRecoveryCodes, adminSignIns, adminTotp } from "./schema/sign-in";

/** All tables of `bin_manager` that are ours: those of the four services, and what the product adds. */
export const binTables = [
  customerCustomers,
  customerAccesskeys,
  numberNumbers,
  outdialOutdials,
  outdialOutdialtargets,
  outdialOutdialtargetcalls,
  registrarExtensions,
  registrarTrunks,
  registrarSipAuths,
  adminUsers,
  adminSessions,
  adminLinks,
  adminAudit,
  adminOutbox,
  adminReceipts,
  adminJobs,
  adminJobResults,
  adminJobKeys,
  adminImportRows,
  adminLocks,
  adminPreferences,
  adminProcesses,
  adminDailyCounts,
  adminSignIns,
  adminTotp,
  adminRecoveryCodes,
  adminPasskeys,
  adminRegistrationStates,
  adminRegistrationChanges,
  adminRegistrationSamples,
  adminRegistrationTotals,
  adminRegistrationAlarms,
  adminHandovers,
  adminDriftFindings,
];
