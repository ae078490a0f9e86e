/** What other parts of the product may use of extensions, trunks and registrations. */
export { sipBulkActions } from "./bulk/actions";
export { countPhones } from "./bulk/phones";
export {
  createTrunk,
  deleteTrunk,
  restoreTrunk,
  revealTrunkPassword,
  rotateTrunkPassword,
  trunkRealmBase,
  updateTrunk,
} from "./trunk/change";
export { previewImport, startImport, type Upload } from "./bulk/import";
export { importActions } from "./bulk/import-actions";
export { previewRange, startRange } from "./bulk/range";
export { listContacts, refreshContacts } from "./contact/contacts";
export { createExtension } from "./extension/create";
export { removeSipOfCustomer, runSipRemoval, SIP_REMOVAL_JOB } from "./removal/customer";
export { extensionDeletionStep, trunkDeletionStep } from "./removal/deletion-steps";
export { createHandover, getHandover, withdrawHandover } from "./handover/handover";
export type { HandoverPort } from "./handover/ports";
export { takeHandover } from "./handover/use";
export { driftState, listDrift } from "./drift/findings";
export { lookNow, runDriftPass, scheduleDriftPass } from "./drift/pass";
export { DRIFT_PASS_JOB } from "./drift/progress";
export { driftBulkActions, planDriftRepair, repairDrift } from "./drift/repair";
export {
  countMatchingExtensions,
  getExtension,
  getExtensionByNumber,
  listExtensions,
  listExtensionsAsJson,
  listExtensionsBefore,
} from "./extension/list";
export { countMatchingTrunks, getTrunk, getTrunkByDomainName, listTrunks, listTrunksBefore } from "./trunk/list";
export type { SipSuccess } from "./ports";
export { acknowledgeRegistrationAlarm, listRegistrationAlarms } from "./registration/alarms";
export { registrationHistory, registrationsOverTime } from "./registration/history";
export { sampleRegistrations } from "./registration/sample";
export { countRegistrations, listRegistrations } from "./registration/list";
export { namesOfEndpoints } from "./registration/owners";
export { createRegistrationWatch } from "./registration/watch";
export { registrationsOf } from "./registration/registrations";
export type { ExtensionWithPassword } from "./schemas";
export { settleAccounts } from "./account/settle";
export {
  deleteExtension,
  restoreExtension,
  revealExtensionPassword,
  rotateExtensionPassword,
  updateExtension,
} from "./extension/change";
export { contactToWire, extensionToWire, trunkToWire } from "./wire";
