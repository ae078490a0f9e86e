import { expect, test } from "vitest";
import { completeLockfile, isInstalled, platformOf } from "./lib/lockfile.mjs";

const tool = {
  version: "4.0.0",
  optionalDependencies: { "@tool/oxide-darwin-arm64": "4.0.0", "@tool/oxide-linux-x64-gnu": "4.0.0" },
};

test("an optional package that the lockfile lacks is added for its platform alone", () => {
  const lock = {
    packages: { "": {}, "node_modules/tool": tool, "node_modules/@tool/oxide-linux-x64-gnu": { version: "4.0.0" } },
  };
  expect(completeLockfile(lock)).toEqual(["@tool/oxide-darwin-arm64@4.0.0"]);
  expect(lock.packages).toMatchObject({
    "node_modules/@tool/oxide-darwin-arm64": { version: "4.0.0", optional: true, os: ["darwin"], cpu: ["arm64"] },
  });
  expect(completeLockfile(lock)).toEqual([]);
});

test("a nested copy of an optional package counts as there", () => {
  const packages = {
    "node_modules/a/node_modules/tool": { version: "1.0.0", optionalDependencies: { native: "1.0.0" } },
    "node_modules/a/node_modules/native": { version: "1.0.0" },
  };
  expect(completeLockfile({ packages })).toEqual([]);
});

test("the lockfile names no registry", () => {
  const lock = {
    packages: {
      "node_modules/a": { version: "1.0.0", resolved: "https://registry.invalid/a.tgz", integrity: "sha512-x" },
    },
  };
  completeLockfile(lock);
  expect(lock.packages["node_modules/a"]).toEqual({ version: "1.0.0", integrity: "sha512-x" });
});

test.each([
  ["@img/sharp-libvips-linuxmusl-arm64", { cpu: ["arm64"] }],
  ["@next/swc-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@esbuild/win32-ia32", { os: ["win32"], cpu: ["ia32"] }],
  ["@node-rs/argon2-wasm32-wasi", { cpu: ["wasm32"] }],
  ["lightningcss-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
])("the platform of %s is read from its name", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

test("packages are installed when every required one has the locked version", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/a": { version: "1.0.0" },
      "node_modules/b": { version: "1.0.0", optional: true },
    },
  };
  expect(isInstalled(lock, { packages: { "node_modules/a": { version: "1.0.0" } } })).toBe(true);
  expect(isInstalled(lock, { packages: { "node_modules/a": { version: "0.9.0" } } })).toBe(false);
  expect(isInstalled(lock, undefined)).toBe(false);
});
