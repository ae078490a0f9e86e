import type { Messages } from "@/components/i18n/translate";
import common from "./common.json";
import time from "./time.json";
import nav from "./nav.json";
import shell from "./shell.json";
import roles from "./roles.json";
import palette from "./palette.json";
import shortcuts from "./shortcuts.json";
import list from "./list.json";
import forms from "./forms.json";
import states from "./states.json";
import auth from "./auth.json";
import customers from "./customers.json";
import deletionDialog from "./delete.json";
import deletion from "./deletion.json";
import sip from "./sip.json";
import extensions from "./extensions.json";
import trunks from "./trunks.json";
import keys from "./keys.json";
import audit from "./audit.json";
import handover from "./handover.json";
import health from "./health.json";
import letters from "./letters.json";
import drift from "./drift.json";
import home from "./home.json";
import jobs from "./jobs.json";
import admins from "./admins.json";
import settings from "./settings.json";
import account from "./account.json";
import registrations from "./registrations.json";
import passkeys from "./passkeys.json";
import sipBulk from "./sip-bulk.json";
import sipImport from "./sip-import.json";
import sessions from "./sessions.json";

/** Every text there is in English: one that is missing does not compile. */
const de: Messages = {
  common,
  time,
  nav,
  shell,
  roles,
  palette,
  shortcuts,
  list,
  forms,
  states,
  auth,
  customers,
  delete: deletionDialog,
  deletion,
  sip,
  extensions,
  trunks,
  keys,
  audit,
  handover,
  health,
  letters,
  drift,
  home,
  jobs,
  admins,
  settings,
  account,
  registrations,
  passkeys,
  sessions,
  sipBulk,
  sipImport,
};
export default de;
