import { describe, expect, it } from "vitest";
import { parseMysqlDsn } from "./dsn";

const base = { host: "db", port: 3306, user: "u", password: "p", database: "bin_manager" };

describe("parseMysqlDsn", () => {
  it("reads Go's form", () => {
    expect(parseMysqlDsn("u:p@tcp(db:3306)/bin_manager")).toEqual(base);
    expect(parseMysqlDsn("u:p@tcp(db)/bin_manager?parseTime=true&loc=UTC")).toEqual(base);
    expect(parseMysqlDsn("u:p@tcp([::1]:3307)/bin_manager")).toEqual({ ...base, host: "::1", port: 3307 });
    expect(parseMysqlDsn("root@/bin_manager")).toEqual({ ...base, host: "127.0.0.1", user: "root", password: "" });
  });

  it("reads a socket's path", () => {
    const dsn = parseMysqlDsn("u@unix(/run/mysqld/mysqld.sock)/asterisk");
    expect(dsn).toMatchObject({ socketPath: "/run/mysqld/mysqld.sock", user: "u", password: "", database: "asterisk" });
  });

  it.each(["p@ss", "a:b", "a/b", "@tcp(x)/y", "100%", "ü😀", "a?b=c", ")("])("lets a password hold %s", (password) => {
    expect(parseMysqlDsn(`u:${password}@tcp(db:3306)/bin_manager`)).toEqual({ ...base, password });
    expect(parseMysqlDsn(`mysql://u:${encodeURIComponent(password)}@db:3306/bin_manager`)).toEqual({
      ...base,
      password,
    });
  });

  it("reads a URL with defaults", () => {
    expect(parseMysqlDsn("mysql://u:p@db/bin_manager")).toEqual(base);
    expect(parseMysqlDsn("mysql://root@[::1]:3307/a-b")).toMatchObject({ host: "::1", port: 3307, database: "a-b" });
  });

  it("reads whether to encrypt", () => {
    expect(parseMysqlDsn("u:p@tcp(db)/bin_manager?tls=true").tls).toEqual({ rejectUnauthorized: true });
    expect(parseMysqlDsn("mysql://u:p@db/bin_manager?ssl=skip-verify").tls).toEqual({ rejectUnauthorized: false });
    expect(parseMysqlDsn("u:p@tcp(db)/bin_manager?tls=false").tls).toBeUndefined();
  });

  it.each([
    ["u:hunter2@tcp(db:3306)", "is neither"],
    ["u:hunter2@tcp(db:3306)/", "names no database"],
    ["u:hunter2@tcp(db:70000)/x", "port"],
    ["u:hunter2@tcp(db:x)/x", "address"],
    [":hunter2@tcp(db)/x", "names no user"],
    ["u:hunter2@unix(run/x)/x", "socket"],
    ["u:hunter2@tcp(db)/x?tls=maybe", "tls"],
    ["mysql://u:hunter2@db", "names no database"],
    ["mysql://u:hunter2%@db/x", "%25"],
    ["mysql://u:hunter2@db:99999/x", "usable"],
    ["postgres://u:hunter2@db/x", "is neither"],
    ["", "is neither"],
  ])("says what is wrong and nothing secret (%#)", (text, reason) => {
    const attempt = (): unknown => parseMysqlDsn(text);
    expect(attempt).toThrow(reason);
    expect(attempt).not.toThrow("hunter2");
  });
});
