import common from "./common.json" with { type: "json" };
import time from "./time.json" with { type: "json" };
import nav from "./nav.json" with { type: "json" };
import shell from "./shell.json" with { type: "json" };
import roles from "./roles.json" with { type: "json" };
import palette from "./palette.json" with { type: "json" };
import shortcuts from "./shortcuts.json" with { type: "json" };
import list from "./list.json" with { type: "json" };
import forms from "./forms.json" with { type: "json" };
import states from "./states.json" with { type: "json" };
import auth from "./auth.json" with { type: "json" };
import customers from "./customers.json" with { type: "json" };
import deletionDialog from "./delete.json" with { type: "json" };
import deletion from "./deletion.json" with { type: "json" };
import keys from "./keys.json" with { type: "json" };
import audit from "./audit.json" with { type: "json" };
import health from "./health.json" with { type: "json" };
import home from "./home.json" with { type: "json" };
import settings from "./settings.json" with { type: "json" };
import sessions from "./sessions.json" with { type: "json" };

/** The texts of the console, one file for each part of it. */
const en = {
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
  keys,
  audit,
  health,
  home,
  settings,
  sessions,
};
export default en;
