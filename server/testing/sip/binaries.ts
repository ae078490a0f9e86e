import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A program by its name, in the PATH or where Debian keeps servers; undefined where it is not installed. */
function findBinary(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const findKamailio = (): string | undefined => {
  const libraries = existsSync("/usr/lib") ? readdirSync("/usr/lib").filter((name) => name.includes("linux-gnu")) : [];
  const reachesMysql = ["", ...libraries].some((name) =>
    existsSync(join("/usr/lib", name, "kamailio/modules/db_mysql.so")),
  );
  return reachesMysql ? findBinary("kamailio") : undefined;
};

/** Debian's package is `sip-tester`; undefined where it is not installed. */
export const sipp = findBinary("sipp");

/** Debian's packages are `kamailio` and `kamailio-mysql-modules`; undefined where they are not installed. */
export const kamailio = findKamailio();
