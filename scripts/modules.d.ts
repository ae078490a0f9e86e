// The scripts are plain JavaScript, checked by scripts/tsconfig.json; to the project's own tsconfig they are untyped.
declare module "*.mjs";
