import { runCommand } from "./command";
import { program } from "./registrar/common";
import "./registrar/extensions";
import "./registrar/trunks";

void runCommand(program, process.argv.slice(2));
